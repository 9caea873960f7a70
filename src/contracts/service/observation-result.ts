import { z } from 'zod';

/** What became of a fact that was sent: a fact sent twice is one fact, a higher revision corrects the one before. */
export const OBSERVATION_STATUSES = ['stored', 'duplicate', 'revised', 'refused'] as const;

export const observationResult = z
  .object({
    id: z.string().nullable().describe('Of the fact; null where it has none that can be read.'),
    status: z.enum(OBSERVATION_STATUSES),
    code: z.string().optional().describe('Why it was refused, as of errors.'),
    message: z.string().optional().describe('The same in the language of the request.'),
  })
  .meta({ id: 'ObservationResult' });

export type ObservationResult = z.infer<typeof observationResult>;
