import { z } from 'zod';
import { EMOTIONS } from '../emotion.js';
import { AGE_BUCKETS } from '../me1.js';
import { ROLES } from '../role.js';
import { GENDERS } from './gender.js';
import { covered, figure, head, notes, number } from './figure-schema.js';

/** The visitors of one stream and role, or of all (`streamId` null). */
const visitorsRow = z.object({
  streamId: z.string().nullable(),
  name: z.string(),
  role: z.enum(ROLES).nullable(),
  /** null: fewer than k, hidden together with every figure of the row. */
  visitors: number,
  meanDwellMs: figure,
  medianDwellMs: figure,
  meanAttentionMs: figure,
  /** Share (0–1) of visitors with at least one glance. */
  lookedShare: figure,
  meanGlances: figure,
  malePercent: figure,
  meanAgeYears: figure,
  mood: figure,
});

export type VisitorsRow = z.infer<typeof visitorsRow>;

/**
 * One cell of gender × age × emotion (dominant expression of the visit); `all` is the margin over that axis.
 * `hidden`: `small` is printed «<k» (fewer than k visitors); `complement` is hidden so that no `small` can be
 * recomputed from sums and is printed «•».
 */
const crossTabCell = z.object({
  gender: z.enum([...GENDERS, 'all']),
  age: z.enum([...AGE_BUCKETS, 'undetermined', 'all']),
  emotion: z.enum([...EMOTIONS, 'all']),
  /** null when hidden. */
  visitors: number,
  hidden: z.enum(['small', 'complement']).nullable(),
});

export type CrossTabCell = z.infer<typeof crossTabCell>;

/** Visitors by gender, age and dominant expression with small groups hidden beyond recomputing. */
const crossTab = z.object({
  kAnonymity: z.number(),
  /** Younger visitors are left out; age in years. */
  minorsAge: z.number(),
  cells: z.array(crossTabCell).readonly(),
});

export type CrossTab = z.infer<typeof crossTab>;

/** The visitors as they are answered. */
export const visitorsReport = z
  .object({
    ...head,
    kAnonymity: z.number(),
    rows: z.array(visitorsRow).readonly(),
    total: visitorsRow,
    /** Of all rows together. */
    crossTab,
    /** Number of contacts at the contact points: «обслужено». */
    served: z.number(),
    notes,
    covered,
  })
  .meta({ id: 'VisitorsReport' });

export type VisitorsReport = z.infer<typeof visitorsReport>;
