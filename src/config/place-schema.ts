import { z } from 'zod';
import { employee, factor, place } from '../contracts/place.js';
import { LONGEST_NAME, LONGEST_VIEW } from './field-kinds.js';

const name = z.string().min(1).max(LONGEST_NAME);

/** Where people come, are served or press. */
export const places = z
  .array(
    z.strictObject({
      ...place.shape,
      name,
      views: z
        .array(z.string().min(1).max(LONGEST_VIEW))
        .max(64)
        .optional()
        .describe('Streams, or stream/zone, that see the place.'),
    }),
  )
  .max(1000)
  .default([])
  .describe('Parts of the site that facts are about: presses, counts, receipts, checks.');

/** What customers judge besides people and places. */
export const factors = z
  .array(z.strictObject({ ...factor.shape, name }))
  .max(200)
  .default([])
  .describe('What customers judge besides people and places.');

/** Whom feedback, counts and checks may be about. */
export const employees = z
  .array(z.strictObject({ ...employee.shape, name }))
  .max(5000)
  .default([])
  .describe('Whom feedback, counts and checks may be about; nothing measured from a face ever is.');
