import { z } from 'zod';
import { HAPPY_INDEX_READINGS } from './contact.js';
import { SMILE_READING_NAMES } from './figures/smile-reading.js';

const text = z.string().min(1).max(40);

/** An instant of a query. */
export const instant = text.describe(
  'Epoch milliseconds, an ISO 8601 date and time with zone, or a date (midnight in the time zone of the site).',
);

/** Ids of a comma-separated list; none where it is absent. */
export const ids = z
  .string()
  .max(4000)
  .optional()
  .describe('Comma-separated ids; absent: all.')
  .transform((value = ''): readonly string[] => [
    ...new Set(
      value
        .split(',')
        .map((id) => id.trim())
        .filter((id) => id !== ''),
    ),
  ]);

/** The period that is asked about. */
export const periodQuery = z.object({ from: instant.optional(), to: instant.optional() });
/** The streams that are asked about. */
export const streamsQuery = z.object({ streams: ids });
/** The contact points that are asked about. */
export const pointsQuery = z.object({ points: ids });

/** Width of a point in time, as people and programs write it: 10s, 1m, 15m, 1h, 1d. */
export const bucket = z
  .string()
  .regex(/^\d{1,5}[smhd]$/, 'expected a duration such as 10s, 1m, 15m, 1h or 1d')
  .describe(
    'Width of a point, such as 10s, 1m, 15m, 1h or 1d. Other than whole minutes needs raw samples, which expire.',
  );

/** T of the Smile-Index. */
export const threshold = z.coerce
  .number()
  .min(0)
  .max(100)
  .optional()
  .describe('T, percent; default: the configured one.');

/** Reading of the Smile-Index. */
export const smileIndex = z
  .enum(SMILE_READING_NAMES)
  .default('face')
  .describe(
    'Reading: face (samples ≥ T ÷ samples), person (visitors who smiled ÷ visitors), frame (samples ≥ T ÷ frames with faces), level (mean Happiness ÷ T). share is the old name of frame.',
  );

/** Asks for the literal reading beside the Happy-Index. */
export const happyIndex = z
  .enum(HAPPY_INDEX_READINGS)
  .optional()
  .describe('`peak` adds the literal reading of the document as `peak`; default: the configured one.');
