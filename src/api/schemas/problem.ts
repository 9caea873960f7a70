import { z } from 'zod';
import { ERROR_CODES, type ErrorCode } from '../../runtime/errors.js';

const codes = Object.keys(ERROR_CODES) as [ErrorCode, ...ErrorCode[]];

/** Every error answer of the API. */
const problem = z
  .object({
    code: z.enum(codes).describe('Stable; documented in docs/api/errors.md.'),
    message: z.string().describe('For people; may change.'),
    details: z.unknown().optional().describe('For VALIDATION: each problem with its path.'),
  })
  .meta({ id: 'Problem' });

export type Problem = z.output<typeof problem>;

/** The error answers a route documents beside its own. */
export const problems = { '4xx': problem, '5xx': problem } as const;

/** An answer that is a file of the given types. */
export const fileAnswer = (description: string, ...contentTypes: readonly string[]) => ({
  description,
  content: Object.fromEntries(
    contentTypes.map((type) => [type, { schema: z.any().meta({ type: 'string', format: 'binary' }) }]),
  ),
});
