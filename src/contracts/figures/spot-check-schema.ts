import { z } from 'zod';
import { figure } from './figure-schema.js';

/** Fewest checks, and fewest visitors in them, that a measured error is told of. */
export const FEWEST_CHECKS = 3;
export const FEWEST_CHECKED_VISITORS = 20;

const rests = z.object({ checks: z.number(), visitors: z.number() });

/** What a person and the camera counted in the same minutes, pooled over checks. */
export const spotCheckError = z
  .object({
    made: rests.describe('Checks that count, and the visitors whom people counted in them.'),
    pooled: rests.describe('Those of them that the figures rest on.'),
    needs: rests.describe('How many more are needed before figures are told; 0 and 0: none.'),
    threshold: z.number().nullable().describe('T by which the camera counted smiles; null: not one T.'),
    detection: figure.describe(
      'Visitors of the camera ÷ visitors of the person; above 1 where some were counted twice.',
    ),
    smileDifference: figure.describe('Share who smiled of the camera − that of the person, −1…1.'),
    menDifference: figure.describe('Share of men of the camera − that of the person, −1…1.'),
    menPooled: rests.describe('What the last one rests on: visitors whom the person took for a man or a woman.'),
  })
  .meta({ id: 'SpotCheckError', description: 'The measured error of a shop, from checks by people.' });

export type SpotCheckError = z.infer<typeof spotCheckError>;
