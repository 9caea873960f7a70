import { z } from 'zod';
import { bilingual } from '../bilingual-schema.js';
import { CONTACT_RULES, PEAK_VERDICTS, VERDICTS, type PointSummary, type ToldContact } from '../contact.js';
import { figure, head, notes, number } from './figure-schema.js';

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

/** The figures of one contact point. */
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

/** The contacts of a period with the summary of each point. */
export const contactsReport = z
  .object({
    ...head,
    points: z.array(pointSummary).readonly(),
    contacts: z.array(contact).readonly(),
    notes,
  })
  .meta({ id: 'ContactsReport' });

export type ContactsReport = z.infer<typeof contactsReport>;

/** Seller figures of one contact point and shift; never of a person. */
export const shiftSummary = z
  .object({
    pointId: z.string(),
    /** Name of the shift, e.g. `09:00–15:00`. */
    shift: z.string(),
    fromTs: z.number(),
    toTs: z.number(),
    /** null: fewer than k contacts, and every figure with it. */
    contacts: number,
    sellerSmileIndex: figure,
    smiledShare: figure,
    happyIndex: figure,
    netResponse: figure,
    cValue: figure,
  })
  .meta({ id: 'ShiftSummary' });

export type ShiftSummary = z.infer<typeof shiftSummary>;
