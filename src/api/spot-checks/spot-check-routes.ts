import { z } from 'zod';
import { bilingual } from '../../contracts/bilingual-schema.js';
import { spotCheckError } from '../../contracts/figures/spot-check-schema.js';
import { periodQuery, streamsQuery } from '../../contracts/query.js';
import { spotCheck, spotCheckInput } from '../../contracts/service/spot-check.js';
import { whenClientLeaves } from '../client-leaves.js';
import type { Api, ApiContext } from '../context.js';
import { askedStreams } from '../reports/asker.js';
import { problems } from '../schemas/problem.js';
import { periodOf } from '../schemas/query.js';

/** Checks on the spot: a person counts the visitors before a camera, and reports tell the measured error. */
export const spotCheckRoutes = (app: Api, context: ApiContext): void => {
  const { ports, clock, localTime } = context;
  const tags = ['figures'];

  app.get(
    '/api/v1/spot-checks',
    {
      schema: {
        tags,
        summary: 'What people counted before the cameras, and the error that it measures',
        description:
          'Checks of the period and of the 90 days before its end, oldest first. Of a single check only what the person counted is told; what the camera counted in the same minutes is told of many together.',
        querystring: periodQuery.extend(streamsQuery.shape),
        response: {
          200: z.object({ items: z.array(spotCheck), error: spotCheckError, note: bilingual.nullable() }),
          ...problems,
        },
      },
    },
    async ({ query }, reply) => {
      const period = periodOf(query, clock.now(), localTime);
      const streams = askedStreams(context, query.streams);
      const { items, ...told } = await ports.spotChecks.list({ ...period, streams }, whenClientLeaves(reply));
      return { items: [...items], ...told };
    },
  );

  app.post(
    '/api/v1/spot-checks',
    {
      schema: {
        tags,
        summary: 'Keep what a person counted before a camera',
        description: 'Sent again under the same id it is kept once, and answered as it was kept.',
        body: spotCheckInput,
        response: { 201: spotCheck, ...problems },
      },
    },
    async ({ body }, reply) => reply.status(201).send(await ports.spotChecks.add(body)),
  );

  app.delete(
    '/api/v1/spot-checks/:id',
    {
      schema: {
        tags,
        summary: 'Take a check back',
        description: 'The checks that are told together with it leave the measured error too.',
        params: z.object({ id: z.uuid() }),
        response: { 204: z.null(), ...problems },
      },
    },
    async ({ params }, reply) => {
      await ports.spotChecks.remove(params.id);
      return reply.status(204).send(null);
    },
  );
};
