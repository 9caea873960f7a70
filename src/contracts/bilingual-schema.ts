import { z } from 'zod';
import type { Bilingual } from './bilingual.js';

/** A sentence for people in both languages, as it crosses the border. */
export const bilingual = z
  .object({ ru: z.string(), en: z.string() })
  .meta({ id: 'Bilingual' }) satisfies z.ZodType<Bilingual>;
