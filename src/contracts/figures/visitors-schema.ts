import { z } from 'zod';
import { EMOTIONS } from '../emotion.js';
import { AGE_BUCKETS } from '../me1.js';
import { ROLES } from '../role.js';
import { GENDERS, type VisitorsReport } from './visitors.js';
import { covered, figure, head, notes, number } from './figure-schema.js';

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

/** The visitors as they are answered. */
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
