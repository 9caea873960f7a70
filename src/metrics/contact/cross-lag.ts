import type { CrossLag } from '../../contracts/contact.js';
import { measuredOf, valueAt, type Reading } from './curve.js';

const STEP_MS = 100;
const MIN_LAG_STEPS = -10;
const MAX_LAG_STEPS = 20;
/** Cost grows with the square of the length, and a smile is answered at once: two minutes are enough. */
const MAX_STEPS = 1200;
const MIN_PAIRS = 30;
const MAX_SHIFTS = 200;
const MIN_SHIFTS = 19;
/** A curve that varies by less than one point (standard deviation) is flat: its ripples answer nothing. */
const FLAT_VARIANCE = 1;

/** A curve on a regular grid; NaN where it is not known. */
export const onGrid = (curve: readonly Reading[], fromTs: number, steps: number, stepMs = STEP_MS): Float64Array => {
  const measured = measuredOf(curve);
  return Float64Array.from({ length: steps }, (_, step) => valueAt(measured, fromTs + step * stepMs) ?? NaN);
};

/**
 * Pearson's r of leader[i] with follower[i + lag], over the pairs known in both; with `circularShift`, the follower is
 * first rotated by that many steps. null with fewer than 3 s of pairs or a flat curve.
 */
export const correlationAt = (
  leader: Float64Array,
  follower: Float64Array,
  lag: number,
  circularShift = 0,
): number | null => {
  const size = leader.length;
  let n = 0;
  let sx = 0;
  let sy = 0;
  let sxx = 0;
  let syy = 0;
  let sxy = 0;
  for (let i = Math.max(0, -lag); i < Math.min(size, size - lag); i += 1) {
    const x = leader[i] ?? NaN;
    const y = follower[(i + lag + circularShift) % size] ?? NaN;
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    n += 1;
    sx += x;
    sy += y;
    sxx += x * x;
    syy += y * y;
    sxy += x * y;
  }
  if (n < MIN_PAIRS) return null;
  const varX = sxx - (sx * sx) / n;
  const varY = syy - (sy * sy) / n;
  return varX < FLAT_VARIANCE * n || varY < FLAT_VARIANCE * n ? null : (sxy - (sx * sy) / n) / Math.sqrt(varX * varY);
};

interface Peak {
  readonly r: number;
  readonly lag: number;
}

const peakOf = (leader: Float64Array, follower: Float64Array, shift: number): Peak | null => {
  let best: Peak | null = null;
  for (let lag = MIN_LAG_STEPS; lag <= MAX_LAG_STEPS; lag += 1) {
    const r = correlationAt(leader, follower, lag, shift);
    if (r !== null && (best === null || r > best.r)) best = { r, lag };
  }
  return best;
};

/**
 * Cross-lagged correlation of the seller's and the customer's Happiness within [fromTs, toTs]: the highest r at lags
 * from −1 s to +2 s (positive: the seller leads), and how often circular shifts by more than that range reach it.
 */
export const crossLagOf = (
  seller: readonly Reading[],
  customer: readonly Reading[],
  fromTs: number,
  toTs: number,
): CrossLag | null => {
  const steps = Math.min(MAX_STEPS, Math.floor((toTs - fromTs) / STEP_MS) + 1);
  const leader = onGrid(seller, fromTs, steps);
  const follower = onGrid(customer, fromTs, steps);
  const peak = peakOf(leader, follower, 0);
  if (peak === null) return null;
  return { r: peak.r, lagMs: peak.lag * STEP_MS, pValue: shiftPValue(leader, follower, peak.r) };
};

/** (1 + shifts that reach r) ÷ (1 + shifts), after the rule that a test statistic belongs to its own null. */
const shiftPValue = (leader: Float64Array, follower: Float64Array, r: number): number | null => {
  const keepOff = MAX_LAG_STEPS - MIN_LAG_STEPS + 1;
  const available = leader.length - 2 * keepOff + 1;
  if (available < MIN_SHIFTS) return null;
  const stride = Math.ceil(available / MAX_SHIFTS);
  let shifts = 0;
  let reached = 0;
  for (let shift = keepOff; shift <= leader.length - keepOff; shift += stride) {
    shifts += 1;
    if ((peakOf(leader, follower, shift)?.r ?? -1) >= r) reached += 1;
  }
  return (1 + reached) / (1 + shifts);
};
