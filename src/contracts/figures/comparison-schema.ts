import { z } from 'zod';
import { COMPARED } from './comparison.js';
import { figure, judgement, notes } from './figure-schema.js';
import { me1Report } from './me1-schema.js';

/** One figure of two periods. */
const comparisonLine = z.object({
  key: z.enum(COMPARED),
  a: figure,
  b: figure,
  difference: figure.describe('b − a.'),
  /** Is b higher? null for what is only counted, and for Smile-Index by samples: people are judged, not samples. */
  judgement: judgement.nullable(),
});

export type ComparisonLine = z.infer<typeof comparisonLine>;

/** Two periods of МЭ-1 and what differs between their first totals. */
export const comparisonReport = z
  .object({
    a: me1Report,
    b: me1Report,
    /** Empty where the one period has visitors' figures alone and the other sellers'. */
    lines: z.array(comparisonLine).readonly(),
    /** Those of both periods: what is said of both alike once, anything else with its period. */
    notes,
  })
  .meta({ id: 'ComparisonReport' });

export type ComparisonReport = z.infer<typeof comparisonReport>;
