import type { OfflineReason } from '../contracts/stream.js';
import { EmoscopeError, type ErrorCode } from '../runtime/errors.js';
import { redact } from '../runtime/redact.js';

const CODE_BY_REASON: Partial<Record<OfflineReason, ErrorCode>> = {
  'decoder-missing': 'DECODER_MISSING',
  'not-found': 'INPUT_NOT_FOUND',
  forbidden: 'INPUT_UNREADABLE',
  'invalid-url': 'INPUT_NOT_FOUND',
  unguarded: 'CONFIG_INVALID',
  'no-video': 'INPUT_UNREADABLE',
  'unsupported-codec': 'INPUT_UNREADABLE',
  'too-large': 'INPUT_UNREADABLE',
  corrupt: 'INPUT_UNREADABLE',
};

/** A source that cannot be read, with the reason an operator acts on; the message carries no secrets. */
export class CameraFault extends EmoscopeError {
  readonly reason: OfflineReason;

  constructor(reason: OfflineReason, message: string, options: { cause?: unknown; details?: unknown } = {}) {
    super(CODE_BY_REASON[reason] ?? 'DECODER_FAILED', redact(message), options);
    this.name = 'CameraFault';
    this.reason = reason;
  }
}
