import { z } from 'zod';
import {
  VERDICTS,
  type Contact,
  type ContactsReport,
  type PointSummary,
  type ShiftSummary,
} from '../../contracts/contact.js';
import { bilingual, figure, notes } from './figures.js';

const number = z.number().nullable();

const curvePoint = z.object({
  ts: z.number(),
  green: number,
  blue: number,
  red: number,
  seller: number.describe('null unless seller analytics is on.'),
});

const smile = z.object({
  onsetTs: z.number(),
  endTs: z.number(),
  measuredShare: z.number(),
  qualified: z.boolean(),
  verdict: z.enum(VERDICTS),
  peak: number,
  peakDelayMs: number,
  latencyMs: number,
  greenMean: number,
  blueMean: number,
  redMean: number,
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
  qualified: z.boolean(),
  verdict: z.enum(VERDICTS).nullable(),
  reason: bilingual,
  smiles: z.array(smile).readonly(),
  bursts: z.array(burst).readonly(),
  baselineHappiness: number,
  riseOverBaseline: number,
  latencyMs: number,
  crossLag: z.object({ r: z.number(), lagMs: z.number(), pValue: number }).nullable(),
};

/** A contact with its curves. */
export const contact = z
  .object({ ...parts, curve: z.array(curvePoint).readonly() })
  .meta({ id: 'Contact' }) satisfies z.ZodType<Contact>;

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
    value: number,
    low: number,
    high: number,
    sellerSmiled: z.number(),
    positiveBursts: z.number(),
    negativeBursts: z.number(),
    cValue: figure,
    medianLatencyMs: number,
    medianRise: number,
    correlationTested: z.number(),
    correlationSignificant: z.number(),
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
    cValue: figure,
  })
  .meta({ id: 'ShiftSummary' }) satisfies z.ZodType<ShiftSummary>;
