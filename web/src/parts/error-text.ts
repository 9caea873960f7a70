import { ApiError } from '../data/api.js';
import { isKey, language, t } from '../i18n/i18n.js';

/** Paths of the fields that a refusal names. */
const fieldsOf = (details: unknown): readonly string[] =>
  Array.isArray(details)
    ? details.flatMap((entry: unknown) =>
        typeof entry === 'object' && entry !== null && 'path' in entry ? [String(entry.path)] : [],
      )
    : [];

/** What went wrong, in the reader's language; in English the service's own sentence, which says more. */
export const errorText = (error: unknown): string => {
  if (!(error instanceof ApiError)) return error instanceof Error ? error.message : String(error);
  const key = `error.${error.code}`;
  const text = isKey(key) && (language.value === 'ru' || error.status === 0) ? t(key) : error.message;
  const fields = fieldsOf(error.details);
  return fields.length === 0 ? text : `${text} (${fields.join(', ')})`;
};
