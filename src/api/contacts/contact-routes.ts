import { z } from 'zod';
import { VERDICTS } from '../../contracts/contact.js';
import { contact, contactSummary, pointSummary, shiftSummary } from '../../contracts/figures/contacts-schema.js';
import { happyIndex, periodQuery, pointsQuery } from '../../contracts/query.js';
import { EmoscopeError } from '../../runtime/errors.js';
import { whenClientLeaves } from '../client-leaves.js';
import type { Api, ApiContext } from '../context.js';
import { problems } from '../schemas/problem.js';
import { decodeCursor, encodeCursor, idParams, pageQuery, periodOf } from '../schemas/query.js';

const position = z.strictObject({ startTs: z.number(), id: z.string().max(128) });
const pointId = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,62}$/i);

const pointInput = z.strictObject({
  name: z.string().max(200).optional(),
  seller: z.string().min(1).max(130).describe('Stream id, or stream/zone.'),
  customer: z.string().min(1).max(130).describe('Stream id, or stream/zone.'),
});

const contactPoint = pointInput.extend({ id: z.string() }).meta({ id: 'ContactPoint' });

/** Contact points, their figures, and single contacts with their curves. */
export const contactRoutes = (app: Api, { ports, config, clock, localTime, disclosure }: ApiContext): void => {
  const tags = ['figures'];

  app.get(
    '/api/v1/reports/shifts',
    {
      schema: {
        tags,
        summary: "Sellers' smiles per point and shift, never per person",
        querystring: periodQuery,
        response: { 200: z.object({ items: z.array(shiftSummary) }), ...problems },
      },
    },
    async ({ query }, reply) => {
      disclosure.assertSellers();
      return {
        items: [...(await ports.figures.shifts(periodOf(query, clock.now(), localTime), whenClientLeaves(reply)))],
      };
    },
  );

  app.get(
    '/api/v1/contact-points',
    {
      schema: {
        tags: ['streams'],
        summary: 'Pairs of views',
        response: { 200: z.object({ items: z.array(contactPoint) }), ...problems },
      },
    },
    () => ({ items: [...ports.contactPoints.list()] }),
  );

  app.post(
    '/api/v1/contact-points',
    {
      schema: {
        tags: ['streams'],
        summary: 'Add a contact point',
        description: 'An id that is taken is refused (EXISTS).',
        body: pointInput.extend({ id: pointId }),
        response: { 201: contactPoint, ...problems },
      },
    },
    async (request, reply) => {
      await ports.contactPoints.add(request.body);
      return reply.status(201).send(request.body);
    },
  );

  app.put(
    '/api/v1/contact-points/:id',
    {
      schema: {
        tags: ['streams'],
        summary: 'Put a contact point: what has this id is replaced',
        params: z.object({ id: pointId }),
        body: pointInput,
        response: { 200: contactPoint, ...problems },
      },
    },
    async ({ params, body }) => {
      const point = { id: params.id, ...body };
      await ports.contactPoints.put(point);
      return point;
    },
  );

  app.delete(
    '/api/v1/contact-points/:id',
    {
      schema: {
        tags: ['streams'],
        summary: 'Remove a contact point',
        params: idParams,
        response: { 204: z.null(), ...problems },
      },
    },
    async ({ params }, reply) => {
      await ports.contactPoints.remove(params.id);
      return reply.status(204).send(null);
    },
  );

  app.get(
    '/api/v1/happy-index',
    {
      schema: {
        tags,
        summary: 'Happy-Index, C-Value and contagion of each contact point',
        querystring: periodQuery.extend({ happyIndex }),
        response: { 200: z.object({ items: z.array(pointSummary) }), ...problems },
      },
    },
    async ({ query }, reply) => {
      disclosure.assertSellers();
      const period = periodOf(query, clock.now(), localTime);
      const { happyIndex = config.metrics.happyIndex } = query;
      const signal = whenClientLeaves(reply);
      return { items: [...(await ports.contacts.summaries({ ...period, happyIndex }, signal))] };
    },
  );

  app.get(
    '/api/v1/contacts',
    {
      schema: {
        tags,
        summary: 'Contacts of the running shift, newest first',
        querystring: periodQuery.extend({
          ...pointsQuery.shape,
          ...pageQuery.shape,
          verdict: z.enum(VERDICTS).optional(),
        }),
        response: { 200: z.object({ items: z.array(contactSummary), nextCursor: z.string().nullable() }), ...problems },
      },
    },
    async ({ query }) => {
      disclosure.assertSellers();
      const period = periodOf(query, clock.now(), localTime);
      const fromTs = Math.max(period.fromTs, ports.contacts.singlesSince());
      if (fromTs >= period.toTs) return { items: [], nextCursor: null };
      const items = await ports.contacts.list({
        ...period,
        fromTs,
        points: query.points,
        verdict: query.verdict ?? null,
        before: decodeCursor(query.cursor, position),
        limit: query.limit + 1,
      });
      const page = items.slice(0, query.limit);
      const last = page.at(-1);
      const nextCursor =
        items.length > page.length && last !== undefined ? encodeCursor({ startTs: last.startTs, id: last.id }) : null;
      return { items: page.map((contact) => disclosure.contact(contact)), nextCursor };
    },
  );

  app.get(
    '/api/v1/contacts/:id',
    {
      schema: {
        tags,
        summary: 'One contact of the running shift with its curves and verdict',
        params: idParams,
        response: { 200: contact, ...problems },
      },
    },
    async ({ params }) => {
      disclosure.assertSellers();
      const found = await ports.contacts.get(params.id);
      if (found === null || found.startTs < ports.contacts.singlesSince()) {
        throw new EmoscopeError('CONTACT_UNKNOWN', {
          ru: 'В этой смене такого контакта нет.',
          en: 'No contact of the running shift has this id.',
        });
      }
      return disclosure.contact(found);
    },
  );
};
