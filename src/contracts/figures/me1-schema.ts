import { z } from 'zod';
import { EMOTIONS } from '../emotion.js';
import { AGE_BUCKETS, SMILE_READINGS, type Me1Row, type SeriesPoint } from '../me1.js';
import { AUDIENCES, ROLES } from '../role.js';
import { covered, figure, notes, number } from './figure-schema.js';

/** One point of a chart. */
export const seriesPoint = z
  .object({
    ts: z.number(),
    streamId: z.string(),
    role: z.enum(ROLES),
    smileIndex: number.describe('By the reading asked for.'),
    smilingPersons: number.describe('Reading `person` over the visits that began in the bucket, 0–1.'),
    visitors: z.number().describe('Visits that began in the bucket.'),
    absolute: z.number(),
    framesWithFaces: z.number(),
    analysedFrames: z.number(),
    samples: z.number(),
  })
  .meta({ id: 'SeriesPoint' }) satisfies z.ZodType<SeriesPoint>;

// Named fields: makers of clients do not understand required keys of a record.
const fieldsOf = <Name extends string, Schema extends z.ZodType>(names: readonly Name[], schema: Schema) =>
  z.object(Object.fromEntries(names.map((name) => [name, schema])) as Record<Name, Schema>);

const me1Row = z
  .object({
    streamId: z.string().nullable(),
    name: z.string(),
    role: z.enum(ROLES).nullable(),
    audience: z.enum(AUDIENCES),
    smileIndex: figure,
    smilingPersons: figure,
    absolute: z.number(),
    framesWithFaces: z.number(),
    analysedFrames: z.number(),
    malePercent: figure,
    femalePercent: figure,
    agePercent: fieldsOf(AGE_BUCKETS, figure),
    emotions: fieldsOf(EMOTIONS, figure),
    mood: figure,
    samples: z.number(),
    visitors: z.number(),
    utilizationPercent: number,
  })
  .meta({ id: 'Me1Row' }) satisfies z.ZodType<Me1Row>;

/** МЭ-1 as it is answered. */
export const me1Report = z
  .object({
    params: z.object({
      fromTs: z.number(),
      toTs: z.number(),
      streams: z.array(z.string()).readonly().optional(),
      role: z.enum(ROLES).optional(),
      zoneId: z.string().optional(),
      threshold: z.number(),
      minFacePx: z.number().optional(),
      smileIndex: z.enum(SMILE_READINGS),
    }),
    timeZone: z.string(),
    generatedTs: z.number(),
    rows: z.array(me1Row).readonly(),
    totals: z.array(me1Row).readonly(),
    total: me1Row,
    bucketMs: z.number(),
    series: z.array(seriesPoint).readonly(),
    notes,
    covered,
  })
  .meta({ id: 'Me1Report' });
