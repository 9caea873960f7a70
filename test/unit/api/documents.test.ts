import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { ROUTE_ACCESS } from '../../fixtures/route-access.js';
import { OFFLINE_REASONS } from '../../../src/contracts/stream.js';
import { errorsPage, openApiText } from '../../fixtures/api-documents.js';
import { payloadsPage, prometheusPage } from '../../fixtures/reference-pages.js';

interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly security?: readonly unknown[];
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean }[];
  readonly responses: Readonly<Record<string, { readonly description?: string }>>;
}

interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
  readonly tags: readonly { readonly name: string }[];
}

const onDisk = (name: string): string => readFileSync(new URL(`../../../docs/api/${name}`, import.meta.url), 'utf8');

describe('the API documents', () => {
  let text: string;
  let document: Document;
  beforeAll(async () => {
    text = await openApiText();
    document = JSON.parse(text) as Document;
  });

  const operations = () =>
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
    );

  it('are what the code gives (else run: npm run -s docs:api)', async () => {
    expect(onDisk('openapi.json')).toBe(text);
    expect(onDisk('errors.md')).toBe(await errorsPage());
    expect(onDisk('payloads.md')).toBe(await payloadsPage());
    expect(onDisk('../prometheus.md')).toBe(await prometheusPage());
  });

  it.each(['operations.md', 'operations.ru.md'])('say in %s what to do about every reason of a dark camera', (name) => {
    const text = onDisk(`../${name}`);
    expect(OFFLINE_REASONS.filter((reason) => !text.includes(`\`${reason}\``))).toEqual([]);
  });

  it('describe every documented route of the access table', () => {
    const documented = operations().map(
      ({ path, method }) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`,
    );
    const hidden = new Set([
      'GET /metrics',
      'GET /',
      'GET /kiosk',
      'GET /*',
      'GET /docs',
      'GET /docs/*',
      'GET /api/v1/openapi.json',
    ]);
    expect([...documented].sort()).toEqual(
      Object.keys(ROUTE_ACCESS)
        .filter((row) => !hidden.has(row))
        .sort(),
    );
  });

  it('hold no schema that nothing leads to, and no required field that is not described', () => {
    const schemas = (JSON.parse(text) as { components: { schemas: Record<string, unknown> } }).components.schemas;
    for (const name of Object.keys(schemas)) expect(text).toContain(`"#/components/schemas/${name}"`);
    expect(Object.keys(schemas).filter((name) => name.endsWith('Input'))).toEqual([]);
    const undescribed: string[] = [];
    JSON.parse(text, (key, value: unknown) => {
      const { properties = {}, required } = (value ?? {}) as { properties?: object; required?: unknown };
      if (Array.isArray(required))
        undescribed.push(
          ...required.filter((field) => !(String(field) in properties)).map((field) => `${key}.${field}`),
        );
      return value;
    });
    expect(undescribed).toEqual([]);
  });

  it('are sound: ids unique, everything summarised, tagged and answered, every reference and path parameter there', () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    const tags = new Set(document.tags.map(({ name }) => name));
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { path, method, operation } of operations()) {
      const where = `${method} ${path}`;
      expect(operation.summary, where).toMatch(/\S/);
      expect(
        operation.tags?.every((tag) => tags.has(tag)),
        where,
      ).toBe(true);
      expect(operation.security, where).toBeDefined();
      expect(
        Object.keys(operation.responses).some((status) => status.startsWith('2')),
        where,
      ).toBe(true);
      for (const status of Object.keys(operation.responses))
        expect(status, where).toMatch(/^([1-5]\d\d|[1-5]XX|default)$/);
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const declared = (operation.parameters ?? []).filter(
        (parameter) => parameter.in === 'path' && parameter.required === true,
      );
      expect(declared.map(({ name }) => name).sort(), where).toEqual(inPath.sort());
    }
    for (const [, name = ''] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      expect(document.components.schemas, name).toHaveProperty([name]);
    }
  });
});
