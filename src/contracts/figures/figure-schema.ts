import { z } from 'zod';
import { bilingual } from '../bilingual-schema.js';
import type { Figure } from '../figure.js';
import { JUDGED_UNITS, JUDGEMENTS, TESTS } from './judgement.js';
import { ROLES } from '../role.js';

/** What the reader of an answer must know, in words. */
export const notes = z.array(bilingual).readonly();

/** A number, or null where nothing was measured. */
export const number = z.number().nullable();

/** The intervals that figures are made of. */
export const covered = z
  .array(z.object({ streamId: z.string(), role: z.enum(ROLES), fromTs: z.number(), toTs: z.number() }))
  .readonly()
  .optional()
  .describe('Whole intervals that the figures are made of, at least k visitors each; absent where k is 1.');

/** A value with its 95 % interval. */
export const figure = z.object({ value: number, low: number, high: number }).meta({
  id: 'Figure',
  description: 'A value with its 95 % interval; null where nothing was measured or a group is too small.',
}) satisfies z.ZodType<Figure>;

/** What every report of one period begins with. */
export const head = { fromTs: z.number(), toTs: z.number(), timeZone: z.string(), generatedTs: z.number() };

/** A verdict and what it rests on, for programs; sentences are made of it. */
export const judgement = z
  .object({
    code: z.enum(JUDGEMENTS),
    test: z.enum(TESTS),
    /** Visitors (contacts) of the first and the second side; null for a side that is a fixed value. */
    n: z.number(),
    against: number,
    /** Two-sided p; null without data. */
    p: number,
    /** The same after Benjamini–Hochberg over the verdicts shown together; equal to p where one stands alone. */
    pAdjusted: number,
    /** With `too-few`: what is short, how many there are and how many are needed; else null. */
    short: z.object({ unit: z.enum(JUDGED_UNITS), has: z.number(), needs: z.number() }).nullable(),
  })
  .meta({
    id: 'Judgement',
    description: 'A verdict with its test, the visitors on each side and p after Benjamini–Hochberg.',
  });

export type Judgement = z.infer<typeof judgement>;
