import { z } from 'zod';
import { notes } from '../../contracts/figures/figure-schema.js';
import { seriesPoint } from '../../contracts/figures/me1-schema.js';
import { bucket, ids, periodQuery, smileIndex, threshold } from '../../contracts/query.js';
import { ROLES } from '../../contracts/role.js';
import { READING_NOTES, READING_OF } from '../../contracts/figures/smile-reading.js';
import { bucketMsOf } from '../../time/bucket.js';
import { whenClientLeaves } from '../client-leaves.js';
import type { Api, ApiContext } from '../context.js';
import { askedStreams } from './asker.js';
import { problems } from '../schemas/problem.js';
import { periodOf } from '../schemas/query.js';

const tags = ['figures'];

/** Figures over time, point by point. */
export const seriesRoutes = (app: Api, context: ApiContext): void => {
  const { ports, config, clock, localTime, disclosure } = context;
  const { timeZone } = localTime;

  app.get(
    '/api/v1/metrics/series',
    {
      schema: {
        tags,
        summary: 'Smile-Index, share of visitors who smiled, absolute level and frames with faces over time',
        querystring: periodQuery.extend({
          metric: z
            .enum(['smile-index', 'smiling-persons', 'absolute', 'frames-with-faces'])
            .default('smile-index')
            .describe('Repeated in the answer as `value`.'),
          stream: ids,
          bucket: bucket.default('1m'),
          role: z.enum(ROLES).optional(),
          threshold,
          smileIndex,
        }),
        response: {
          200: z.object({
            metric: z.string(),
            bucketMs: z.number(),
            timeZone: z.string(),
            points: z.array(seriesPoint.extend({ value: z.number().nullable() })),
            notes,
          }),
          ...problems,
        },
      },
    },
    async ({ query }, reply) => {
      const period = periodOf(query, clock.now(), localTime);
      disclosure.assertRole(query.role ?? null);
      const bucketMs = bucketMsOf(query.bucket, period);
      const asked = {
        ...period,
        streams: askedStreams(context, query.stream),
        role: query.role ?? null,
        threshold: query.threshold ?? config.metrics.threshold,
        smileIndex: READING_OF[query.smileIndex],
        bucketMs,
      };
      const points = await ports.figures.series(asked, whenClientLeaves(reply));
      const value = {
        'smile-index': 'smileIndex',
        'smiling-persons': 'smilingPersons',
        absolute: 'absolute',
        'frames-with-faces': 'framesWithFaces',
      } as const;
      return {
        metric: query.metric,
        bucketMs,
        timeZone,
        points: points.map((point) => ({ ...point, value: point[value[query.metric]] })),
        notes: READING_NOTES[query.smileIndex],
      };
    },
  );
};
