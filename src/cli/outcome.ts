import { codeOf } from '../runtime/errors.js';

const USAGE_CODES = new Set(['CONFIG_INVALID', 'CONFIG_NOT_FOUND', 'USAGE', 'PERIOD_INVALID', 'THRESHOLD_INVALID']);

/** Exit code of a failure: 2 for usage and configuration, 1 for anything named. */
export const exitCodeOf = (error: unknown): 1 | 2 => (USAGE_CODES.has(codeOf(error)) ? 2 : 1);
