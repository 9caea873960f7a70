import { z } from 'zod';
import { bilingual } from '../bilingual-schema.js';
import { REPORT_FILES } from './report-format.js';

/** One report that can be asked for. */
export const reportListing = z
  .object({
    kind: z.string(),
    title: bilingual,
    path: z.string().describe('Where it is given.'),
    covers: z.enum(['period', 'two-periods']).describe('two-periods: the second one is otherFrom and otherTo.'),
    scope: z.enum(['site', 'streams', 'points']).describe('What it can be narrowed to by the parameter of that name.'),
    parameters: z.array(z.string()).describe('Names of everything that it can be asked.'),
    formats: z.array(z.enum(REPORT_FILES)),
  })
  .meta({ id: 'ReportListing' });

export type ReportListing = z.infer<typeof reportListing>;
