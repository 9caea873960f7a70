import type { Bilingual } from '../contracts/bilingual.js';

/** Every error code of the product with what it means; docs/api/errors.md is generated from this table. */
export const ERROR_CODES = {
  CONFIG_INVALID: 'The configuration has problems; all are listed with their paths.',
  CONFIG_NOT_FOUND: 'The configuration file does not exist or cannot be read.',
  CONFIG_WRITE: 'The configuration file cannot be written; nothing was changed.',
  USAGE: 'The command line is not understood.',
  LISTEN_FAILED: 'The address and port to listen on cannot be used.',
  INPUT_NOT_FOUND: 'A file, folder or URL given to a command does not exist.',
  INPUT_UNREADABLE: 'A file exists but is not a picture or video that can be decoded.',
  IMPORT_UNREADABLE: 'A file with facts cannot be read, or not without a mapping; the message says why.',
  DECODER_MISSING: 'ffmpeg or ffprobe is not installed.',
  DECODER_FAILED: 'ffmpeg ended with an error.',
  MODEL_INTEGRITY: "A model file's sha256 is not the one in the manifest.",
  MODEL_MISSING: 'The configuration names a model that its owner has to add, and no such file was added.',
  MODEL_REFUSED: 'A model file that was to be added is not what it should be; nothing was added.',
  MODEL_CONVERSION: 'A model could not be converted to ONNX.',
  ENGINE_UNAVAILABLE: 'The requested inference engine or device cannot be started.',
  ENGINE_OUTPUT: 'A model returned values that are not finite; the batch was rejected.',
  ENGINE_CLOSED: 'The inference engine has been stopped.',
  STORE_LOCKED: 'Another process has the database open for writing.',
  STORE_CORRUPT: 'The database file is not readable as a database.',
  STORE_TOO_NEW: 'The database was written by a newer version.',
  STORE_WRITE: 'The database cannot be written (disk full or read-only); live figures go on.',
  STORE_MEMORY: 'The database has no memory left for this (store.memoryLimitMb, or the machine); live figures go on.',
  STORE_CLOSED: 'The store has been stopped.',
  AUDIT_WRITE: 'The audit log cannot be written (no room on the disk, or no right to), so nothing was done.',
  PERIOD_INVALID: 'The period is empty, reversed or not understood.',
  STREAM_UNKNOWN: 'No stream has this id.',
  STREAM_EXISTS: 'A stream with this id exists already.',
  CONTACT_UNKNOWN: 'No contact has this id.',
  THRESHOLD_INVALID: 'The threshold T is not a number from 0 to 100.',
  BIND_REFUSED: 'Listening beyond loopback is refused while there are no accounts.',
  REFERENCE_UNKNOWN: 'A fact names a place, an employee or a factor that the site does not have.',
  PRIVACY_REFUSED: "The configuration asks for processing that the jurisdiction's profile forbids.",
  UNAUTHENTICATED: 'No valid session or API key came with the request.',
  FORBIDDEN: 'The role of this account or key does not allow this.',
  VALIDATION: 'The request does not match the documented shape.',
  NOT_FOUND: 'Nothing lives at this address.',
  EXISTS: 'Something with this id or name exists already; nothing was changed.',
  CONFLICT: 'The request contradicts the present state.',
  RATE_LIMITED: 'Too many requests; try again after the stated time.',
  PAYLOAD_TOO_LARGE: 'The request body is larger than allowed.',
  INTERNAL: 'An unexpected fault; details are in the log under the request id.',
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

/**
 * An error with a stable code, a message safe to show to anyone, and optional structured details (no secrets). What may
 * reach a person who uses the product is said in both languages; `message` is the English half.
 */
export class EmoscopeError extends Error {
  readonly code: ErrorCode;
  readonly details: unknown;
  /** null: said in English alone, for those who run the service. */
  readonly bilingual: Bilingual | null;

  constructor(code: ErrorCode, message: string | Bilingual, options: { cause?: unknown; details?: unknown } = {}) {
    super(
      typeof message === 'string' ? message : message.en,
      options.cause === undefined ? undefined : { cause: options.cause },
    );
    this.name = 'EmoscopeError';
    this.code = code;
    this.details = options.details;
    this.bilingual = typeof message === 'string' ? null : message;
  }
}

/** The code of any thrown value; what is not ours is INTERNAL. */
export const codeOf = (error: unknown): ErrorCode => (error instanceof EmoscopeError ? error.code : 'INTERNAL');
