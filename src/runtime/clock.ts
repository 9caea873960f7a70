/** Wall clock (epoch ms, UTC) and a monotonic clock (ms) for durations; tests pass their own. */
export interface Clock {
  now(): number;
  monotonic(): number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
};
