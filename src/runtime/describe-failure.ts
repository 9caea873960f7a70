import type { Language } from '../contracts/language.js';
import { ERROR_WORDS_RU } from './error-words.js';
import { codeOf, EmoscopeError } from './errors.js';
import { redact } from './redact.js';

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
