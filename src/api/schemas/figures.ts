import { bilingual } from '../../contracts/bilingual-schema.js';
import { z } from 'zod';
import { COMPARED } from '../../contracts/comparison.js';
import { EMOTIONS } from '../../contracts/emotion.js';
import { UNITS, type Figure } from '../../contracts/figure.js';
import { AGE_BUCKETS, SMILE_READINGS, type Me1Row, type SeriesPoint } from '../../contracts/me1.js';
import { JUDGED_UNITS, JUDGEMENTS, TESTS, type Judgement } from '../../contracts/judgement.js';
import { QUESTION_IDS, type QuestionsReport } from '../../contracts/questions.js';
import { AUDIENCES, ROLES } from '../../contracts/role.js';
import { GENDERS, type VisitorsReport } from '../../contracts/visitors.js';

export const notes = z.array(bilingual).readonly();

const number = z.number().nullable();

/** The intervals that figures are made of. */
const covered = z
  .array(z.object({ streamId: z.string(), role: z.enum(ROLES), fromTs: z.number(), toTs: z.number() }))
  .readonly()
  .optional()
  .describe('Whole intervals that the figures are made of, at least k visitors each; absent where k is 1.');

/** A value with its 95 % interval. */
export const figure = z.object({ value: number, low: number, high: number }).meta({
  id: 'Figure',
  description: 'A value with its 95 % interval; null where nothing was measured or a group is too small.',
}) satisfies z.ZodType<Figure>;

const head = { fromTs: z.number(), toTs: z.number(), timeZone: z.string(), generatedTs: z.number() };

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

const judgement = z
  .object({
    code: z.enum(JUDGEMENTS),
    test: z.enum(TESTS),
    n: z.number(),
    against: number,
    p: number,
    pAdjusted: number,
    short: z.object({ unit: z.enum(JUDGED_UNITS), has: z.number(), needs: z.number() }).nullable(),
  })
  .meta({
    id: 'Judgement',
    description: 'A verdict with its test, the visitors on each side and p after Benjamini–Hochberg.',
  }) satisfies z.ZodType<Judgement>;

export const comparisonReport = z
  .object({
    a: me1Report,
    b: me1Report,
    lines: z
      .array(
        z.object({
          key: z.enum(COMPARED),
          a: figure,
          b: figure,
          difference: figure.describe('b − a.'),
          judgement: judgement.nullable(),
        }),
      )
      .readonly(),
  })
  .meta({ id: 'ComparisonReport' });

const questionFigure = z.object({
  key: z.string(),
  label: bilingual,
  unit: z.enum(UNITS),
  figure,
  basis: number,
  judgement: judgement.optional(),
});

export const questionsReport = z
  .object({
    ...head,
    threshold: z.number(),
    answers: z
      .array(
        z.object({
          id: z.enum(QUESTION_IDS),
          question: bilingual,
          answer: bilingual,
          verdict: z.enum(['yes', 'no', 'unproven', 'too-few']).nullable(),
          judgement: judgement.nullable().optional(),
          figures: z.array(questionFigure).readonly(),
          table: z
            .object({
              title: bilingual,
              rows: z
                .array(z.object({ key: z.string(), label: bilingual, figures: z.array(questionFigure).readonly() }))
                .readonly(),
            })
            .nullable(),
        }),
      )
      .readonly(),
    notes,
  })
  .meta({ id: 'QuestionsReport' }) satisfies z.ZodType<QuestionsReport>;

const visitorsRow = z.object({
  streamId: z.string().nullable(),
  name: z.string(),
  role: z.enum(ROLES).nullable(),
  visitors: number,
  meanDwellMs: figure,
  medianDwellMs: figure,
  meanAttentionMs: figure,
  lookedShare: figure,
  meanGlances: figure,
  malePercent: figure,
  meanAgeYears: figure,
  mood: figure,
});

export const visitorsReport = z
  .object({
    ...head,
    kAnonymity: z.number(),
    rows: z.array(visitorsRow).readonly(),
    total: visitorsRow,
    crossTab: z.object({
      kAnonymity: z.number(),
      minorsAge: z.number(),
      cells: z
        .array(
          z.object({
            gender: z.enum([...GENDERS, 'all']),
            age: z.enum([...AGE_BUCKETS, 'undetermined', 'all']),
            emotion: z.enum([...EMOTIONS, 'all']),
            visitors: number,
            hidden: z.enum(['small', 'complement']).nullable(),
          }),
        )
        .readonly(),
    }),
    served: z.number(),
    notes,
    covered,
  })
  .meta({ id: 'VisitorsReport' }) satisfies z.ZodType<VisitorsReport>;
