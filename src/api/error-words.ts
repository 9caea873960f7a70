import { ERROR_WORDS_RU } from '../runtime/error-words.js';
import { ERROR_CODES, type EmoscopeError, type ErrorCode } from '../runtime/errors.js';
import type { AskedLanguage } from './asked-language.js';

/** What a code means in general. */
export const meaningOf = (code: ErrorCode, language: AskedLanguage): string =>
  language === 'ru' ? ERROR_WORDS_RU[code] : ERROR_CODES[code];

/** The reason in the asker's language; what is said in English alone follows its general meaning, so that no reason is lost. */
export const reasonOf = (error: EmoscopeError, language: AskedLanguage): string => {
  if (language === 'en') return error.message;
  return error.bilingual?.ru ?? `${ERROR_WORDS_RU[error.code]} (${error.message})`;
};
