import type { ErrorCode } from '../runtime/errors.js';

/** HTTP status of every error code; 5xx answers show the code's general meaning, never the message of the moment. */
const ERROR_STATUS: Readonly<Partial<Record<ErrorCode, number>>> = {
  CONFIG_INVALID: 400,
  CONFIG_WRITE: 503,
  USAGE: 400,
  INPUT_NOT_FOUND: 400,
  INPUT_UNREADABLE: 400,
  IMPORT_UNREADABLE: 400,
  STORE_WRITE: 503,
  STORE_MEMORY: 503,
  STORE_CLOSED: 503,
  STORE_LOCKED: 503,
  AUDIT_WRITE: 503,
  ENGINE_CLOSED: 503,
  ENGINE_UNAVAILABLE: 503,
  PERIOD_INVALID: 400,
  STREAM_UNKNOWN: 404,
  STREAM_EXISTS: 409,
  CONTACT_UNKNOWN: 404,
  REFERENCE_UNKNOWN: 400,
  THRESHOLD_INVALID: 400,
  PRIVACY_REFUSED: 403,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  VALIDATION: 400,
  NOT_FOUND: 404,
  EXISTS: 409,
  CONFLICT: 409,
  RATE_LIMITED: 429,
  PAYLOAD_TOO_LARGE: 413,
};

/** Status for a code; whatever is not the caller's doing is 500. */
export const statusOf = (code: ErrorCode): number => ERROR_STATUS[code] ?? 500;
