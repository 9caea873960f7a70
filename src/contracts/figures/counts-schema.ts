import { z } from 'zod';
import { COUNTERS, DIRECTIONS } from '../observation.js';
import { figure, head, notes } from './figure-schema.js';

const counted = {
  placeId: z.string(),
  name: z.string().describe('Of the place, or the camera that counts; else its id.'),
  counter: z.enum(COUNTERS),
  direction: z.enum(DIRECTIONS).nullable().describe('Which way they went; null where the counter does not tell.'),
};

/** Widths of the buckets that counts are told in. */
export const COUNT_BUCKETS = ['15m', '1h', '1d'] as const;

/** What was counted over a period: how many of what at which place, and when. */
export const countsReport = z
  .object({
    ...head,
    bucketMs: z.number(),
    rows: z
      .array(
        z.object({
          ...counted,
          count: figure,
          facts: z.number().describe('Of how many told facts; a camera tells one a minute and direction.'),
        }),
      )
      .readonly(),
    series: z
      .array(z.object({ ts: z.number(), ...counted, n: z.number() }))
      .readonly()
      .describe('The same by bucket; one in which nobody was counted is missing.'),
    notes,
  })
  .meta({ id: 'CountsReport' });

export type CountsReport = z.infer<typeof countsReport>;
