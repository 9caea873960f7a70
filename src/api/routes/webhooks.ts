import { z } from 'zod';
import type { Api, ApiContext } from '../context.js';
import { problems } from '../schemas/problem.js';
import { idParams } from '../schemas/query.js';
import { WEBHOOK_EVENTS } from '../webhooks/webhook-file.js';

const events = z.array(z.enum(WEBHOOK_EVENTS));

const webhook = z
  .object({
    id: z.string(),
    url: z.string(),
    events,
    createdTs: z.number(),
    waiting: z.number().describe('Messages not delivered yet.'),
    dropped: z.number().describe('Messages given up because more than 1000 waited.'),
    withheld: events.describe(
      'Events asked for that are not sent: they tell of single persons, and privacy.kAnonymity is above 1.',
    ),
  })
  .meta({ id: 'Webhook' });

const newWebhook = webhook
  .extend({ secret: z.string().describe('Key of the HMAC-SHA256 in x-emoscope-signature; shown this once.') })
  .meta({ id: 'NewWebhook' });

const deadLetter = z
  .object({
    id: z.string(),
    webhookId: z.string(),
    event: z.enum(WEBHOOK_EVENTS),
    ts: z.number(),
    attempts: z.number(),
    failure: z.string(),
  })
  .meta({ id: 'DeadLetter' });

/** Webhooks: signed posts to other systems, and what could not be delivered. */
export const webhookRoutes = (app: Api, { webhooks }: ApiContext): void => {
  const tags = ['system'];

  app.get(
    '/api/v1/webhooks',
    {
      schema: {
        tags,
        summary: 'Webhooks, without their secrets',
        response: { 200: z.object({ items: z.array(webhook) }), ...problems },
      },
    },
    () => ({ items: [...webhooks.list()] }),
  );
  app.post(
    '/api/v1/webhooks',
    {
      schema: {
        tags,
        summary: 'Add a webhook',
        description:
          'Private addresses are refused unless webhooks.allowPrivateAddresses is set; redirects are not followed. While privacy.kAnonymity is above 1, contact:end is withheld and happy-index is sent by the whole shift.',
        body: z.strictObject({ url: z.string().min(1).max(2000), events: events.min(1).max(WEBHOOK_EVENTS.length) }),
        response: { 201: newWebhook, ...problems },
      },
    },
    async (request, reply) => {
      const made = await webhooks.add(request.body.url, [...new Set(request.body.events)]);
      return reply.status(201).header('cache-control', 'no-store').send(made);
    },
  );
  app.delete(
    '/api/v1/webhooks/:id',
    { schema: { tags, summary: 'Remove a webhook', params: idParams, response: { 204: z.null(), ...problems } } },
    async ({ params }, reply) => {
      await webhooks.remove(params.id);
      return reply.status(204).send(null);
    },
  );
  app.get(
    '/api/v1/webhooks/dead-letters',
    {
      schema: {
        tags,
        summary: 'Messages that could not be delivered, newest first, since the service started',
        response: { 200: z.object({ items: z.array(deadLetter) }), ...problems },
      },
    },
    () => ({ items: [...webhooks.deadLetters()] }),
  );
  app.post(
    '/api/v1/webhooks/dead-letters/:id/retry',
    { schema: { tags, summary: 'Send a message again', params: idParams, response: { 204: z.null(), ...problems } } },
    async ({ params }, reply) => {
      webhooks.retry(params.id);
      return reply.status(204).send(null);
    },
  );
};
