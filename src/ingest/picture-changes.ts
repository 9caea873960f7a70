import { Backoff, type BackoffOptions } from '../runtime/backoff.js';
import type { Clock } from '../runtime/clock.js';

/** A source that changes its picture again within this time is one that keeps doing so. */
const STEADY_MS = 10_000;

/**
 * How long a source that changed its picture waits to be opened again: not at all, but one that keeps changing waits
 * longer each time, since every opening costs a decoder's start, which the other cameras would pay for.
 */
export class PictureChanges {
  private readonly backoff: Backoff;
  private lastMs = Number.NEGATIVE_INFINITY;

  constructor(
    options: BackoffOptions,
    private readonly clock: Pick<Clock, 'monotonic'>,
  ) {
    this.backoff = new Backoff(options);
  }

  /** Ms to wait after the change that has just been seen. */
  next(): number {
    const now = this.clock.monotonic();
    const isSteady = now - this.lastMs > STEADY_MS;
    if (isSteady) this.backoff.reset();
    const delayMs = isSteady ? 0 : this.backoff.next();
    this.lastMs = now + delayMs;
    return delayMs;
  }
}
