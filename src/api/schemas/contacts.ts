import { bilingual } from '../../contracts/bilingual-schema.js';
import { z } from 'zod';
import {
  CONTACT_RULES,
  HAPPY_INDEX_READINGS,
  PEAK_VERDICTS,
  VERDICTS,
  type ContactsReport,
  type PointSummary,
  type ShiftSummary,
  type ToldContact,
} from '../../contracts/contact.js';
import { figure, notes } from './figures.js';

const number = z.number().nullable();

/** Asks for the literal reading beside the Happy-Index. */
export const happyIndexReading = z
  .enum(HAPPY_INDEX_READINGS)
  .optional()
  .describe('`peak` adds the literal reading of the document as `peak`; default: the configured one.');

const curvePoint = z.object({
  ts: z.number(),
  green: number,
  blue: number,
  red: number,
  seller: number.describe('null unless seller analytics is on.'),
});

const smile = z.object({
  startTs: z.number(),
  onsetTs: number.describe('null: the beginning was not seen, as of a smile that was on when the customer came.'),
  endTs: z.number(),
  measuredShare: number,
  measuredBefore: number,
  qualified: z.boolean(),
  verdict: z.enum(VERDICTS).nullable(),
  before: number,
  peak: number,
  peakDelayMs: number,
  latencyMs: number,
  displeasureGrowth: number,
});

const burst = z.object({
  kind: z.enum(['positive', 'negative']),
  startTs: z.number(),
  endTs: z.number(),
  rise: z.number(),
});

const parts = {
  id: z.string(),
  pointId: z.string(),
  startTs: z.number(),
  endTs: z.number(),
  sellerPresent: z.boolean(),
  rule: z.enum(CONTACT_RULES),
  qualified: z.boolean(),
  verdict: z.enum(VERDICTS).nullable(),
  answerByChance: number,
  peakVerdict: z.enum(PEAK_VERDICTS).nullable(),
  reason: bilingual,
  smiles: z.array(smile).readonly().nullable().describe('null unless seller analytics is on.'),
  bursts: z.array(burst).readonly(),
  baselineHappiness: number,
  riseOverBaseline: number,
  latencyMs: number.describe('null unless seller analytics is on.'),
  crossLag: z
    .object({ r: z.number(), lagMs: z.number(), pValue: z.number() })
    .nullable()
    .describe('null unless seller analytics is on.'),
};

/** A contact with its curves. */
export const contact = z
  .object({ ...parts, curve: z.array(curvePoint).readonly() })
  .meta({ id: 'Contact' }) satisfies z.ZodType<ToldContact>;

/** A contact in a list, without its curves. */
export const contactSummary = z.object(parts).meta({ id: 'ContactSummary' });

export const pointSummary = z
  .object({
    pointId: z.string(),
    contacts: z.number(),
    qualified: z.number(),
    happy: z.number(),
    unhappy: z.number(),
    indifferent: z.number(),
    already: z.number(),
    former: z.number(),
    value: number,
    low: number,
    high: number,
    netResponse: figure.extend({ basis: z.number(), answered: number, byChance: number }),
    sellerSmiled: z.number(),
    peak: figure
      .extend({ qualified: z.number(), happy: z.number(), unhappy: z.number(), indifferent: z.number() })
      .nullable(),
    positiveBursts: z.number(),
    negativeBursts: z.number(),
    cValue: figure,
    positivePerContact: figure,
    negativePerContact: figure,
    positivePerMinute: figure,
    negativePerMinute: figure,
    medianLatencyMs: figure,
    medianRise: figure,
    correlationTested: z.number(),
    correlationSignificant: z.number(),
    contagionShare: figure,
  })
  .meta({ id: 'PointSummary' }) satisfies z.ZodType<PointSummary>;

export const contactsReport = z
  .object({
    fromTs: z.number(),
    toTs: z.number(),
    timeZone: z.string(),
    generatedTs: z.number(),
    points: z.array(pointSummary).readonly(),
    contacts: z.array(contact).readonly(),
    notes,
  })
  .meta({ id: 'ContactsReport' }) satisfies z.ZodType<ContactsReport>;

export const shiftSummary = z
  .object({
    pointId: z.string(),
    shift: z.string(),
    fromTs: z.number(),
    toTs: z.number(),
    contacts: number,
    sellerSmileIndex: figure,
    smiledShare: figure,
    happyIndex: figure,
    netResponse: figure,
    cValue: figure,
  })
  .meta({ id: 'ShiftSummary' }) satisfies z.ZodType<ShiftSummary>;
