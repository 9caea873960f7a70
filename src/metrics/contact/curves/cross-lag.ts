import type { CrossLag } from '../../../contracts/contact.js';
import { measuredOf, valueAt, type Reading } from './curve.js';

const STEP_MS = 100;
const MIN_LAG_STEPS = -10;
const MAX_LAG_STEPS = 20;
/** Cost grows with the square of the length, and a smile is answered at once: two minutes are enough. */
const MAX_STEPS = 1200;
const MIN_PAIRS = 30;
/** Fewer steps than this make no null worth the name, and so no correlation either. */
const MIN_TEST_STEPS = 60;
/** Where an answering smile is expected: up to 1.5 s behind, most likely in the middle. */
const EXPECTED_STEPS = { from: 0, to: 15 };
/** What an answer at the edge of that range weighs against one in its middle. */
const EDGE_WEIGHT = 0.8;
/** A curve that varies by less than one point (standard deviation) is flat: its ripples answer nothing. */
const FLAT_VARIANCE = 1;

/** A curve on a regular grid; NaN where it is not known. */
export const onGrid = (curve: readonly Reading[], fromTs: number, steps: number, stepMs = STEP_MS): Float64Array => {
  const measured = measuredOf(curve);
  return Float64Array.from({ length: steps }, (_, step) => valueAt(measured, fromTs + step * stepMs) ?? NaN);
};

/** Pearson's r of pairs as they are added. */
class Pairs {
  private n = 0;
  private sx = 0;
  private sy = 0;
  private sxx = 0;
  private syy = 0;
  private sxy = 0;

  add(x: number, y: number): void {
    if (Number.isNaN(x) || Number.isNaN(y)) return;
    this.n += 1;
    this.sx += x;
    this.sy += y;
    this.sxx += x * x;
    this.syy += y * y;
    this.sxy += x * y;
  }

  /** null with fewer than 3 s of pairs or where a curve is flat. */
  get r(): number | null {
    const { n, sx, sy } = this;
    if (n < MIN_PAIRS) return null;
    const varX = this.sxx - (sx * sx) / n;
    const varY = this.syy - (sy * sy) / n;
    if (varX < FLAT_VARIANCE * n || varY < FLAT_VARIANCE * n) return null;
    return (this.sxy - (sx * sy) / n) / Math.sqrt(varX * varY);
  }
}

/** r of leader[i] with follower[i + lag] over the pairs known in both. */
export const correlationAt = (leader: Float64Array, follower: Float64Array, lag: number): number | null => {
  const pairs = new Pairs();
  const end = Math.min(leader.length, leader.length - lag);
  for (let i = Math.max(0, -lag); i < end; i += 1) pairs.add(leader[i] ?? NaN, follower[i + lag] ?? NaN);
  return pairs.r;
};

/** The same on a circle: what runs out at the end goes on at the beginning. */
const circularCorrelation = (leader: Float64Array, follower: Float64Array, lag: number): number => {
  const pairs = new Pairs();
  const size = leader.length;
  for (let i = 0; i < size; i += 1) pairs.add(leader[i] ?? NaN, follower[(i + lag) % size] ?? NaN);
  return pairs.r ?? -1;
};

interface Peak {
  readonly r: number;
  readonly lag: number;
}

const peakOf = (leader: Float64Array, follower: Float64Array): Peak | null => {
  let best: Peak | null = null;
  for (let lag = MIN_LAG_STEPS; lag <= MAX_LAG_STEPS; lag += 1) {
    const r = correlationAt(leader, follower, lag);
    if (r !== null && (best === null || r > best.r)) best = { r, lag };
  }
  return best;
};

/**
 * Cross-lagged correlation of the seller's and the customer's Happiness within [fromTs, toTs]: the highest r at lags
 * from −1 s to +2 s (positive: the seller leads), and how it stands against circular shifts of the customer's curve. null
 * where that cannot be tested: under 6 s, or a curve that is flat. Untested is not significant.
 */
export const crossLagOf = (
  seller: readonly Reading[],
  customer: readonly Reading[],
  fromTs: number,
  toTs: number,
): CrossLag | null => {
  const steps = Math.min(MAX_STEPS, Math.floor((toTs - fromTs) / STEP_MS) + 1);
  if (steps < MIN_TEST_STEPS) return null;
  const leader = onGrid(seller, fromTs, steps);
  const follower = onGrid(customer, fromTs, steps);
  const peak = peakOf(leader, follower);
  if (peak === null) return null;
  return { r: peak.r, lagMs: peak.lag * STEP_MS, pValue: circularPValue(leader, follower) };
};

/**
 * Share of all circular shifts, none included, whose statistic is at least that of the curves as they are. The statistic
 * is the highest r at the lags of an answer, weighted towards their middle. Were the curves unrelated, each shift would
 * be as likely the highest as any other; leaving out the neighbours of no shift would break that and prove far too much.
 */
const circularPValue = (leader: Float64Array, follower: Float64Array): number => {
  const size = leader.length;
  const atLag = Float64Array.from({ length: size }, (_, lag) => circularCorrelation(leader, follower, lag));
  const observed = expectedAnswer(atLag, 0);
  const reached = atLag.filter((_, shift) => expectedAnswer(atLag, shift) >= observed - 1e-12).length;
  return reached / size;
};

const expectedAnswer = (atLag: Float64Array, shift: number): number => {
  const { from, to } = EXPECTED_STEPS;
  const middle = (from + to) / 2;
  let best = -Infinity;
  for (let lag = from; lag <= to; lag += 1) {
    const weight = 1 - (1 - EDGE_WEIGHT) * (Math.abs(lag - middle) / (middle - from));
    best = Math.max(best, weight * (atLag[(lag + shift) % atLag.length] ?? -1));
  }
  return best;
};
