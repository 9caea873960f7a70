import { z } from 'zod';
import { LANGUAGES } from '../language.js';

/** What a client needs to know of the configuration. */
export const siteInfo = z
  .object({
    version: z.string(),
    site: z.object({ name: z.string(), timeZone: z.string(), language: z.enum(LANGUAGES).nullable() }),
    threshold: z.number(),
    smileAlarm: z.number().nullable(),
    privacy: z.object({
      jurisdiction: z.enum(['ru', 'eu', 'other']),
      sellerAnalytics: z.enum(['off', 'aggregate', 'on']),
      kAnonymity: z.number(),
      minorsAge: z.number(),
    }),
  })
  .meta({ id: 'Info' });

export type SiteInfo = z.infer<typeof siteInfo>;
