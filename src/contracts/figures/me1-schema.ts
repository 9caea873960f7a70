import { z } from 'zod';
import { EMOTIONS } from '../emotion.js';
import { AGE_BUCKETS, SMILE_READINGS } from '../me1.js';
import { AUDIENCES, ROLES } from '../role.js';
import { covered, figure, notes, number } from './figure-schema.js';
import { spotCheckError } from './spot-check-schema.js';

/** One point of the report's three charts. */
export const seriesPoint = z
  .object({
    /** Start of the bucket, epoch ms UTC. */
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
  .meta({ id: 'SeriesPoint' });

export type SeriesPoint = z.infer<typeof seriesPoint>;

// Named fields: makers of clients do not understand required keys of a record.
const fieldsOf = <Name extends string, Schema extends z.ZodType>(names: readonly Name[], schema: Schema) =>
  z.object(Object.fromEntries(names.map((name) => [name, schema])) as Record<Name, Schema>);

/** The figures of one stream and role, or of an audience. */
const me1Row = z
  .object({
    /** null in a total row. */
    streamId: z.string().nullable(),
    name: z.string(),
    role: z.enum(ROLES).nullable(),
    audience: z.enum(AUDIENCES),
    /** By the reading asked for. */
    smileIndex: figure,
    /** Reading `person`, 0–1: visitors with at least a quarter of their samples ≥ T ÷ visitors. */
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
    /** Visits that began in the period. */
    visitors: z.number(),
    utilizationPercent: number,
  })
  .meta({ id: 'Me1Row' });

export type Me1Row = z.infer<typeof me1Row>;

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
    /** One row per stream and role, in configuration order. */
    rows: z.array(me1Row).readonly(),
    /** Pooled over the underlying samples and frames, one per audience: the visitors', then the sellers' where there are any. */
    totals: z.array(me1Row).readonly(),
    /** The first of `totals`. */
    total: me1Row,
    /** A day or more: local days of `timeZone`; less: floored in local time. */
    bucketMs: z.number(),
    series: z.array(seriesPoint).readonly(),
    /** Things the reader must know, in words: clock offsets, gaps, lost writes. */
    notes,
    spotChecks: spotCheckError
      .optional()
      .describe('The error that people measured before these cameras; absent: nobody has counted there.'),
    covered,
  })
  .meta({ id: 'Me1Report' });

export type Me1Report = z.infer<typeof me1Report>;
