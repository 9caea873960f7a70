import type { Language } from '../contracts/language.js';
import { codeOf, EmoscopeError } from '../runtime/errors.js';
import { redact } from '../runtime/redact.js';
import { ERROR_WORDS_RU } from '../runtime/error-words.js';

const USAGE_CODES = new Set(['CONFIG_INVALID', 'CONFIG_NOT_FOUND', 'USAGE', 'PERIOD_INVALID', 'THRESHOLD_INVALID']);

/** Exit code of a failure: 2 for usage and configuration, 1 for anything named. */
export const exitCodeOf = (error: unknown): 1 | 2 => (USAGE_CODES.has(codeOf(error)) ? 2 : 1);

/** One readable, secret-free text for a failure, in Russian with the particulars behind; unexpected ones show their stack. */
export const describeFailure = (error: unknown, language: Language = 'en'): string => {
  const code = codeOf(error);
  const words = language === 'ru' ? `${ERROR_WORDS_RU[code]} ` : '';
  if (error instanceof EmoscopeError && error.bilingual !== null)
    return redact(`${code}: ${error.bilingual[language]}`);
  if (error instanceof EmoscopeError) return redact(`${code}: ${words}${error.message}`);
  if (error instanceof Error) return redact(`INTERNAL: ${words}${error.stack ?? error.message}`);
  return redact(`INTERNAL: ${words}${String(error)}`);
};
