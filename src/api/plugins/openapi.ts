import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { routeAccess, type AccessTable } from '../auth/access.js';
import type { Api } from '../context.js';

const DESCRIPTION = `Figures of visible expression at service points. Times are epoch milliseconds in UTC; expressions
are percent 0–100. Log in for a session cookie, or send an API key as \`Authorization: Bearer emk_…\`. Lists page by
cursor. Errors are \`{code, message, details?}\`; every code is explained in docs/api/errors.md. Live events come over
Socket.IO, namespace \`/live\` (docs/api/events.md).`;

/** `GET /api/v1/streams/:id` → `getStreamsById`. */
const operationId = (method: string, url: string): string =>
  url
    .replace('/api/v1', '')
    .split(/[/.-]/)
    .filter((part) => part !== '')
    .reduce((name, part) => {
      const word = part.startsWith(':') ? `by-${part.slice(1)}` : part;
      return (
        name +
        word
          .split('-')
          .map((piece) => piece.charAt(0).toUpperCase() + piece.slice(1))
          .join('')
      );
    }, method.toLowerCase());

const namesIn = (value: unknown): string[] =>
  [...JSON.stringify(value ?? null).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name = '']) => name);

/** Schemas to which the paths lead, directly or through others: each is also registered as an input that nothing takes. */
const reached = (paths: unknown, schemas: Readonly<Record<string, unknown>>): ReadonlySet<string> => {
  const found = new Set<string>();
  const queue = namesIn(paths);
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    queue.push(...namesIn(schemas[name]));
  }
  return found;
};

/** Collects the routes into one OpenAPI 3.1 document; call before the routes are registered. */
export const installOpenApi = async (app: Api, table: AccessTable, version: string): Promise<void> => {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'EmoScope',
        version,
        description: DESCRIPTION.replaceAll('\n', ' '),
        license: { name: 'MIT', identifier: 'MIT' },
      },
      servers: [{ url: '/' }],
      tags: [
        { name: 'streams', description: 'Cameras and their pictures' },
        { name: 'figures', description: 'Series, reports, contacts, visitors, exports' },
        { name: 'site', description: 'Places, factors, employees, and the facts that are told of them' },
        { name: 'devices', description: 'Terminals that are paired by a PIN' },
        { name: 'access', description: 'Sessions, accounts and keys' },
        { name: 'system', description: 'Models, audit, privacy, webhooks, health' },
      ],
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: 'emoscope_session' },
          key: { type: 'http', scheme: 'bearer' },
          device: { type: 'http', scheme: 'bearer' },
        },
      },
    },
    transform: (document) => {
      const method = String([document.route.method].flat()[0]);
      const access = routeAccess(table, method, document.url);
      const { schema: plain, url } = jsonSchemaTransform(document);
      const schema = { ...plain, operationId: operationId(method, url) };
      if (access === undefined || access.needs === 'public') return { schema: { ...schema, security: [] }, url };
      if (access.needs === 'device') return { schema: { ...schema, security: [{ device: [] }] }, url };
      const text = `Needs the permission \`${access.needs}\`${access.audit === null ? '' : '; audited'}.`;
      const devices = access.isForDevices === true ? [{ device: [] }] : [];
      const description = [schema.description, text].filter((part) => part !== undefined).join(' ');
      return { schema: { ...schema, description, security: [{ session: [] }, { key: [] }, ...devices] }, url };
    },
    transformObject: (document) => {
      const full = jsonSchemaTransformObject(document);
      const schemas = 'components' in full ? (full.components.schemas ?? {}) : {};
      const used = reached('paths' in full ? full.paths : {}, schemas);
      // By name: which module's schemas are registered first is nobody's affair.
      const named = Object.entries(schemas).sort(([one], [other]) => (one < other ? -1 : 1));
      for (const [name, schema] of named) {
        Reflect.deleteProperty(schemas, name);
        if (used.has(name)) Reflect.set(schemas, name, schema);
      }
      return full;
    },
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    // Relative to the document of this page, so that trying out works behind a proxy's prefix too.
    transformSpecification: (document) => ({ ...document, servers: [{ url: '../' }] }),
    transformSpecificationClone: true,
    staticCSP: true,
    transformStaticCSP: () =>
      "default-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; script-src 'self'",
    uiConfig: { validatorUrl: null, persistAuthorization: false, tryItOutEnabled: true, withCredentials: true },
  });
  app.get('/api/v1/openapi.json', { schema: { hide: true } }, () => app.swagger());
};
