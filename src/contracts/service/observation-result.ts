import { z } from 'zod';

/** What became of a fact that was sent: a fact sent twice is one fact, a higher revision corrects the one before. */
export const OBSERVATION_STATUSES = ['stored', 'duplicate', 'revised', 'refused'] as const;

export const observationResult = z
  .object({
    id: z.string().nullable().describe('Of the fact; null where it has none that can be read.'),
    status: z.enum(OBSERVATION_STATUSES),
    newestRev: z
      .int()
      .nonnegative()
      .optional()
      .describe(
        'Highest revision kept, where it is higher than that of a duplicate, or the fact contradicts what is kept.',
      ),
    code: z.string().optional().describe('Why it was refused, as of errors.'),
    message: z.string().optional().describe('The same in the language of the request.'),
  })
  .meta({ id: 'ObservationResult' });

export type ObservationResult = z.infer<typeof observationResult>;
