import { ApiError } from '../data/api-error.js';

/** The service's words about single fields, each with the field's path. */
const problemsOf = (details: unknown): readonly string[] =>
  Array.isArray(details)
    ? details.flatMap((entry: unknown) => {
        if (typeof entry !== 'object' || entry === null || !('path' in entry)) return [];
        const path = String(entry.path).replace(/^\//, '');
        return 'message' in entry ? [`${path}: ${String(entry.message)}`] : [path];
      })
    : [];

/** What went wrong: the service's own reason, which comes in the reader's language, never a general sentence instead. */
export const errorText = (error: unknown): string => {
  if (!(error instanceof ApiError)) return error instanceof Error ? error.message : String(error);
  const problems = error.code === 'VALIDATION' ? problemsOf(error.details) : [];
  return problems.length === 0 ? error.message : `${error.message} ${problems.join('; ')}`;
};
