import { z } from 'zod';
import { periodQuery, streamsQuery } from '../../contracts/query.js';
import { whenClientLeaves } from '../client-leaves.js';
import type { Api, ApiContext } from '../context.js';
import { askedStreams } from './asker.js';
import { fileAnswer, problems } from '../schemas/problem.js';
import { periodOf } from '../schemas/query.js';

const CONTENT_TYPES = { csv: 'text/csv; charset=utf-8', parquet: 'application/vnd.apache.parquet' } as const;

/** Raw samples as a streamed file. */
export const exportRoutes = (app: Api, context: ApiContext): void => {
  const { ports, localTime, clock } = context;
  app.get(
    '/api/v1/samples/export',
    {
      schema: {
        tags: ['figures'],
        summary: 'Samples of a period, streamed',
        description:
          'For the roles named in privacy.sampleExport alone; by default for nobody. Refused when the period rests on fewer visitors than the small-group limit. Minors are left out.',
        querystring: periodQuery.extend({ ...streamsQuery.shape, format: z.enum(['csv', 'parquet']).default('csv') }),
        response: { 200: fileAnswer('Samples', 'text/csv', 'application/vnd.apache.parquet'), ...problems },
      },
    },
    async ({ query }, reply) => {
      const period = periodOf(query, clock.now(), localTime);
      const streams = askedStreams(context, query.streams);
      const file = await ports.exports.samples({ ...period, streams, format: query.format }, whenClientLeaves(reply));
      const day = (ts: number): string => new Date(ts).toISOString().slice(0, 10);
      return reply
        .type(CONTENT_TYPES[query.format])
        .header('cache-control', 'no-store')
        .header(
          'content-disposition',
          `attachment; filename="samples-${day(period.fromTs)}-${day(period.toTs)}.${query.format}"`,
        )
        .send(file);
    },
  );
  app.get(
    '/api/v1/backup',
    {
      schema: {
        tags: ['system'],
        summary: 'A consistent copy of the store, streamed',
        description: 'Open it with `emoscope restore`. Holds every number that is kept; no picture and no secret.',
        response: { 200: fileAnswer('Backup', 'application/octet-stream'), ...problems },
      },
    },
    async (_request, reply) => {
      const file = await ports.backup.open();
      return reply
        .type('application/octet-stream')
        .header('cache-control', 'no-store')
        .header(
          'content-disposition',
          `attachment; filename="emoscope-${new Date(clock.now()).toISOString().slice(0, 10)}${ports.backup.extension}"`,
        )
        .send(file);
    },
  );
};
