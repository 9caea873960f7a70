import { z } from 'zod';
import { SERVED_BY } from './service/served-by.js';

const id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]*$/)
  .max(64);

/** Where people come, are served or press: an entrance, a hall, a till, a fitting room, a terminal. */
export const place = z
  .object({
    id: id.describe('Names the place in facts and reports; lower-case letters, digits and hyphens.'),
    name: z.string().min(1),
    views: z
      .array(z.string().min(1).max(127))
      .max(64)
      .readonly()
      .optional()
      .describe('Streams, or stream/zone, that see the place.'),
    contact: z.string().min(1).max(127).optional().describe('The contact point at the place.'),
    served: z.enum(SERVED_BY).optional().describe('What counts as the customers served here.'),
  })
  .meta({ id: 'Place' });

/** Whom feedback, counts and checks may be about; nothing measured from a face ever is. */
export const employee = z.object({ id, name: z.string().min(1) }).meta({ id: 'Employee' });

/** What customers judge besides people and places: assortment, prices, display. */
export const factor = z.object({ id, name: z.string().min(1) }).meta({ id: 'Factor' });

export const JUDGED_KINDS = ['employee', 'factor', 'place'] as const;

/** What a press is about. */
export const judged = z.object({ kind: z.enum(JUDGED_KINDS), id: z.string().min(1).max(64) });

export type Place = z.infer<typeof place>;
export type Employee = z.infer<typeof employee>;
export type Factor = z.infer<typeof factor>;
export type Judged = z.infer<typeof judged>;
