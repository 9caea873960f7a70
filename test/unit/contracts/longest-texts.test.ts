import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { configSchema } from '../../../src/config/schema.js';
import { openApiText } from '../../fixtures/api-documents.js';

interface Schema {
  readonly [name: string]: unknown;
}

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const listed = (value: unknown): Schema[] => (Array.isArray(value) ? value.filter(isSchema) : []);
/** What bounds a text: a length, a list of values, or a form of its own such as an address. */
const BOUNDS = ['maxLength', 'enum', 'const', 'format'];
/** A pattern is a bound where every repetition in it has a number and its ends are fixed. */
const isBounded = (pattern: unknown): boolean =>
  typeof pattern === 'string' &&
  /^\^.*\$$/.test(pattern) &&
  !/[*+]|\{\d+,\}/.test(pattern.replace(/\[[^\]]*\]|\\./g, ''));

/** Places of a schema that take texts of any length, or lists of any number. */
const unbounded = (schema: unknown, place: string, named: (ref: string) => unknown, depth = 0): string[] => {
  if (!isSchema(schema) || depth > 12) return [];
  if (typeof schema['$ref'] === 'string') return unbounded(named(schema['$ref']), place, named, depth + 1);
  const variants = ['anyOf', 'oneOf', 'allOf'].flatMap((key) => listed(schema[key]));
  const own =
    schema['type'] === 'string' && !BOUNDS.some((key) => key in schema) && !isBounded(schema['pattern']) ? [place] : [];
  const fields = isSchema(schema['properties']) ? Object.entries(schema['properties']) : [];
  return [
    ...own,
    ...variants.flatMap((variant) => unbounded(variant, place, named, depth + 1)),
    ...unbounded(schema['items'], `${place}[]`, named, depth + 1),
    ...fields.flatMap(([name, field]) => unbounded(field, `${place}.${name}`, named, depth + 1)),
  ];
};

describe('every text that comes from outside', () => {
  it('has a greatest length in the configuration', () => {
    const schema = z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' });
    expect(unbounded(schema, 'config', () => undefined)).toEqual([]);
  });

  it('has a greatest length in every body, query and path of the API', async () => {
    const document = JSON.parse(await openApiText()) as {
      paths: Record<string, Record<string, Schema>>;
      components: { schemas: Record<string, unknown> };
    };
    const named = (ref: string): unknown => document.components.schemas[ref.split('/').at(-1) ?? ''];
    const places = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, operation]) => {
        const place = `${method.toUpperCase()} ${path}`;
        const body = z
          .object({ content: z.object({ 'application/json': z.object({ schema: z.unknown() }) }) })
          .safeParse(operation['requestBody']);
        return [
          ...unbounded(body.data?.content['application/json'].schema, place, named),
          ...listed(operation['parameters']).flatMap((one) =>
            one['in'] === 'header' ? [] : unbounded(one['schema'], `${place} ?${String(one['name'])}`, named),
          ),
        ];
      }),
    );
    expect(places).toEqual([]);
  });
});
