import type { FastifySchemaCompiler } from 'fastify';
import { validatorCompiler } from 'fastify-type-provider-zod';
import { z } from 'zod';

/** Validates requests; a query parameter nobody knows is refused, since a misspelt one would answer another question. */
export const strictValidator: FastifySchemaCompiler<z.ZodType> = (route) => {
  const { schema, httpPart } = route;
  const strict = httpPart === 'querystring' && schema instanceof z.ZodObject ? schema.strict() : schema;
  return validatorCompiler({ ...route, schema: strict });
};
