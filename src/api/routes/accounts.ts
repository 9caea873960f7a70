import { z } from 'zod';
import { MIN_PASSWORD_LENGTH } from '../auth/accounts.js';
import { accountName } from '../auth/accounts-file.js';
import { ACCOUNT_ROLES } from '../auth/roles.js';
import type { Api, ApiContext } from '../context.js';
import { problems } from '../schemas/problem.js';
import { idParams } from '../schemas/query.js';

const role = z.enum(ACCOUNT_ROLES);
const user = z.object({ name: z.string(), role, createdTs: z.number() }).meta({ id: 'User' });
const key = z.object({ id: z.string(), name: z.string(), role, createdTs: z.number() }).meta({ id: 'Key' });
const newKey = key.extend({ token: z.string().describe('Shown this once.') }).meta({ id: 'NewKey' });

/** Accounts of people and keys of machines. */
export const accountRoutes = (app: Api, { accounts }: ApiContext): void => {
  const tags = ['access'];

  app.get(
    '/api/v1/users',
    { schema: { tags, summary: 'Accounts', response: { 200: z.object({ items: z.array(user) }), ...problems } } },
    () => ({ items: [...accounts.users()] }),
  );
  app.post(
    '/api/v1/users',
    {
      schema: {
        tags,
        summary: 'Add an account, or give one a new password and role',
        description: 'The first account must be an admin; from then on everyone has to log in.',
        body: z.strictObject({ name: accountName, password: z.string().min(MIN_PASSWORD_LENGTH).max(1000), role }),
        response: { 204: z.null(), ...problems },
      },
    },
    async (request, reply) => {
      const { name, password, role: wanted } = request.body;
      request.auditTarget = name;
      await accounts.putUser(name, password, wanted);
      return reply.status(204).send(null);
    },
  );
  app.delete(
    '/api/v1/users/:name',
    {
      schema: {
        tags,
        summary: 'Remove an account',
        params: z.object({ name: z.string().min(1).max(64) }),
        response: { 204: z.null(), ...problems },
      },
    },
    async ({ params }, reply) => {
      await accounts.removeUser(params.name);
      return reply.status(204).send(null);
    },
  );

  app.get(
    '/api/v1/keys',
    {
      schema: {
        tags,
        summary: 'API keys, without their secrets',
        response: { 200: z.object({ items: z.array(key) }), ...problems },
      },
    },
    () => ({ items: [...accounts.keys()] }),
  );
  app.post(
    '/api/v1/keys',
    {
      schema: {
        tags,
        summary: 'Make an API key',
        body: z.strictObject({ name: accountName, role }),
        response: { 201: newKey, ...problems },
      },
    },
    async (request, reply) => {
      const made = await accounts.addKey(request.body.name, request.body.role);
      request.auditTarget = made.id;
      return reply.status(201).header('cache-control', 'no-store').send(made);
    },
  );
  app.delete(
    '/api/v1/keys/:id',
    { schema: { tags, summary: 'Withdraw an API key', params: idParams, response: { 204: z.null(), ...problems } } },
    async ({ params }, reply) => {
      await accounts.removeKey(params.id);
      return reply.status(204).send(null);
    },
  );
};
