import type { Clock } from './clock.js';

/** A difference between wall clock and monotonic clock that grows by more than this at once is a clock that was set. */
const STEP_MS = 3_600_000;

/** Notices that the wall clock was set, by holding it against the monotonic one. */
export class ClockSteps {
  private offsetMs: number;
  private setAtMs = -Infinity;

  constructor(private readonly clock: Clock) {
    this.offsetMs = clock.now() - clock.monotonic();
  }

  /** Ms since the clock was found to have been set by over an hour; Infinity when it never was. */
  sinceSetMs(): number {
    const monotonicMs = this.clock.monotonic();
    const offsetMs = this.clock.now() - monotonicMs;
    if (Math.abs(offsetMs - this.offsetMs) > STEP_MS) this.setAtMs = monotonicMs;
    this.offsetMs = offsetMs;
    return monotonicMs - this.setAtMs;
  }
}
