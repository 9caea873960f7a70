import { z } from 'zod';
import { COMPARED } from './comparison.js';
import { figure, judgement } from './figure-schema.js';
import { me1Report } from './me1-schema.js';

/** Two periods as they are answered. */
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
