/** Wall clock (epoch ms, UTC) and a monotonic clock (ms) for durations; tests pass their own. */
export interface Clock {
  now(): number;
  monotonic(): number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
};

/** Before the first version of this product: a clock that says so has not been set since the machine was switched on. */
export const EARLIEST_TS = Date.UTC(2025, 0, 1);

/** Whether a time can only come from a clock that nobody has set, as on a board without a battery before it hears of NTP. */
export const isUnsetTime = (ts: number): boolean => ts < EARLIEST_TS;
