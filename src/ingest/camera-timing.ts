import { durationMs } from '../time/duration.js';
import type { StreamConfig } from '../config/schema.js';
import type { BackoffOptions } from '../runtime/backoff.js';

/** How long a camera waits for what. */
export interface CameraTiming {
  /** From opening to the first picture. */
  readonly connectTimeoutMs: number;
  /** Between pictures. */
  readonly stallTimeoutMs: number;
  /** A loss longer than this is reported as offline. */
  readonly offlineAfterMs: number;
  /** Shortest wait before another try after a reason that time will hardly cure. */
  readonly permanentRetryMs: number;
  /** Equal faults within this time are counted instead of repeated. */
  readonly faultIntervalMs: number;
  readonly backoff: BackoffOptions;
}

/** A camera may send its first key picture this long after it answered. */
const FIRST_PICTURE_MS = 10_000;

/** The times of a stream; a slow stream (under 1 picture in a third of the stall timeout) gets more patience. */
export const cameraTiming = (stream: StreamConfig, overrides: Partial<CameraTiming> = {}): CameraTiming => {
  const stallTimeoutMs = Math.max(durationMs(stream.stallTimeout), 3000 / stream.fps);
  return {
    connectTimeoutMs: stallTimeoutMs + FIRST_PICTURE_MS,
    stallTimeoutMs,
    offlineAfterMs: 30_000,
    permanentRetryMs: 30_000,
    faultIntervalMs: 60_000,
    backoff: { firstMs: 500, maxMs: 8000, factor: 2, jitter: 0.3 },
    ...overrides,
  };
};
