import { codeOf, EmoscopeError } from '../runtime/errors.js';
import { redact } from '../runtime/redact.js';

const USAGE_CODES = new Set(['CONFIG_INVALID', 'CONFIG_NOT_FOUND', 'USAGE', 'PERIOD_INVALID', 'THRESHOLD_INVALID']);

/** Exit code of a failure: 2 for usage and configuration, 1 for anything named. */
export const exitCodeOf = (error: unknown): 1 | 2 => (USAGE_CODES.has(codeOf(error)) ? 2 : 1);

/** One readable, secret-free text for a failure; unexpected ones show their stack. */
export const describeFailure = (error: unknown): string => {
  if (error instanceof EmoscopeError) return redact(`${error.code}: ${error.message}`);
  if (error instanceof Error) return redact(`INTERNAL: ${error.stack ?? error.message}`);
  return redact(`INTERNAL: ${String(error)}`);
};
