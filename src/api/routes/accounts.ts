import { z } from 'zod';
import { MIN_PASSWORD_LENGTH } from '../auth/accounts.js';
import { LANGUAGES } from '../../contracts/language.js';
import { accountName } from '../auth/accounts-file.js';
import { ACCOUNT_ROLES } from '../auth/roles.js';
import type { Api, ApiContext } from '../context.js';
import { problems } from '../schemas/problem.js';
import { idParams } from '../schemas/query.js';

const role = z.enum(ACCOUNT_ROLES);
const language = z.enum(LANGUAGES).nullable().describe('Of the dashboard for this person; null: none chosen.');
const password = z.string().min(MIN_PASSWORD_LENGTH).max(1000);
const user = z.object({ name: z.string(), role, language, createdTs: z.number() }).meta({ id: 'User' });
const nameParams = z.object({ name: z.string().min(1).max(64) });
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
        summary: 'Add an account',
        description:
          'The first account must be an admin; from then on everyone has to log in. A name that is taken is refused (EXISTS).',
        body: z.strictObject({ name: accountName, password, role }),
        response: { 204: z.null(), ...problems },
      },
    },
    async (request, reply) => {
      const { name, password: secret, role: wanted } = request.body;
      await accounts.addUser(name, secret, wanted);
      return reply.status(204).send(null);
    },
  );
  app.patch(
    '/api/v1/users/:name',
    {
      schema: {
        tags,
        summary: 'Give an account a new password, role or language',
        description: 'Absent fields stay. A new password ends the sessions of the account.',
        params: nameParams,
        body: z.strictObject({ password: password.optional(), role: role.optional(), language: language.optional() }),
        response: { 204: z.null(), ...problems },
      },
    },
    async ({ params, body }, reply) => {
      await accounts.changeUser(params.name, body);
      return reply.status(204).send(null);
    },
  );
  app.delete(
    '/api/v1/users/:name',
    {
      schema: {
        tags,
        summary: 'Remove an account',
        params: nameParams,
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
