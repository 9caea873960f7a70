import { EmoscopeError, type ErrorCode } from '../../../runtime/errors.js';

const KINDS: readonly { readonly pattern: RegExp; readonly code: ErrorCode; readonly message: string }[] = [
  {
    pattern: /could not set lock|conflicting lock|different configuration|already attached/i,
    code: 'STORE_LOCKED',
    message: 'Another process has the database open for writing',
  },
  {
    pattern: /out of memory|bad_alloc|could not allocate|failed to allocate/i,
    code: 'STORE_MEMORY',
    message: 'The database has no memory left for this (store.memoryLimitMb)',
  },
  {
    pattern: /newer version of duckdb|version number \d+, but we can only read/i,
    code: 'STORE_TOO_NEW',
    message: 'The database file was written by a newer version',
  },
  {
    pattern:
      /not a valid duckdb|could not read enough bytes|corrupt|checksum|failed to load.*deserial|serialization error|truncated|replaying wal/i,
    code: 'STORE_CORRUPT',
    message: 'The database file is not readable as a database',
  },
  {
    pattern:
      /no space left|disk quota|read-only|permission denied|input\/output error|file too large|cannot open file|could not write|invalidated/i,
    code: 'STORE_WRITE',
    message: 'The database cannot be written',
  },
];

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Any fault of the database as an error with a code of ours; the cause keeps the engine's own words. */
export const storeError = (error: unknown): EmoscopeError => {
  if (error instanceof EmoscopeError) return error;
  const text = textOf(error);
  const kind = KINDS.find(({ pattern }) => pattern.test(text));
  return new EmoscopeError(kind?.code ?? 'INTERNAL', kind?.message ?? 'The database answered with an error', {
    cause: error,
  });
};

/** Whether the engine has given the open database up, so that only opening it again helps. */
export const isFatal = (error: unknown): boolean =>
  /invalidated because of a previous fatal|fatal error|INTERNAL Error/i.test(
    `${textOf(error)} ${error instanceof Error && error.cause !== undefined ? textOf(error.cause) : ''}`,
  );

/** Whether a block of the file is neither what it was nor what it was to become. */
export const isTornBlock = (error: unknown): boolean =>
  /corrupt database file: computed checksum|could not read enough bytes/i.test(textOf(error));
