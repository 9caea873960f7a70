import compress from '@fastify/compress';
import cors from '@fastify/cors';
import etag from '@fastify/etag';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import type { Config } from '../../config/schema.js';
import { EmoscopeError } from '../../runtime/errors.js';
import type { Clock } from '../../runtime/clock.js';
import type { Api } from '../context.js';
import { rateCounts } from './rate-counts.js';

const WINDOW_MS = 60_000;
const MOST_CLIENTS = 10_000;
const EXEMPT = new Set(['/healthz', '/readyz', '/metrics']);

/** Security headers, CORS by configuration, rate limit per client address, compression and request ids in answers. */
export const installSecurity = async (app: Api, server: Config['server'], clock: Clock): Promise<void> => {
  const secure = server.tls !== undefined;
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        baseUri: ["'none'"],
        connectSrc: ["'self'"],
        fontSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        objectSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        ...(secure ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: false,
  });
  app.addHook('onRequest', async (request, reply) => {
    if (request.frontage.isSecure) reply.header('strict-transport-security', 'max-age=15552000');
  });
  await app.register(cors, {
    origin: server.corsOrigins.length === 0 ? false : [...server.corsOrigins],
    credentials: true,
    methods: ['GET', 'HEAD', 'POST', 'PATCH', 'PUT', 'DELETE'],
    exposedHeaders: ['etag', 'x-request-id', 'retry-after', 'content-disposition'],
    maxAge: 600,
  });
  await app.register(rateLimit, {
    max: server.rateLimitPerMinute,
    timeWindow: WINDOW_MS,
    store: rateCounts(clock, WINDOW_MS, MOST_CLIENTS),
    keyGenerator: (request) => request.frontage.clientAddress,
    allowList: (request) => EXEMPT.has(request.routeOptions.url ?? ''),
    errorResponseBuilder: (_request, { after }) =>
      new EmoscopeError('RATE_LIMITED', {
        ru: `Слишком много запросов; повторите через ${after}.`,
        en: `Too many requests; try again in ${after}.`,
      }),
  });
  await app.register(compress, { global: true, threshold: 1024, encodings: ['gzip', 'deflate'] });
  await app.register(etag, { weak: true });
};
