import { z } from 'zod';

/** What a counter has seen today. */
export const doorCounts = z
  .object({
    in: z.number().describe('People who came in today.'),
    out: z.number().describe('People who went out today.'),
    inside: z
      .number()
      .describe('The difference, never below 0; it drifts with every miss and begins anew at midnight.'),
  })
  .meta({ id: 'DoorCounts' });

export type DoorCounts = z.infer<typeof doorCounts>;
