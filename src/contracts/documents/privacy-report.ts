import { z } from 'zod';
import { bilingual } from '../bilingual-schema.js';

/** What is collected, where, how long, and who saw personal data lately. */
export const privacyReport = z
  .object({
    generatedTs: z.number(),
    jurisdiction: z.string(),
    sellerAnalytics: z.string(),
    kAnonymity: z.number(),
    minorsAge: z.number(),
    holdings: z
      .array(
        z.object({
          kind: z.string(),
          description: bilingual,
          where: bilingual,
          retention: z.string().nullable(),
          rows: z.number().nullable(),
          oldestTs: z.number().nullable(),
        }),
      )
      .readonly(),
    accesses: z
      .array(z.object({ actor: z.string(), action: z.string(), count: z.number(), lastTs: z.number() }))
      .readonly(),
  })
  .meta({ id: 'PrivacyReport' });

export type PrivacyReport = z.infer<typeof privacyReport>;
export type DataHolding = PrivacyReport['holdings'][number];
