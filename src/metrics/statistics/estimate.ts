import type { Figure } from '../../contracts/figure.js';
import type { RatioMoments } from '../../contracts/me1.js';
import { effectiveTracks, kishLength, ratioVariance, withPseudoTracks, type Ends } from './moments.js';
import { student975 } from './student.js';

/**
 * Fewest days, or shifts, whose scatter is taken for that of all days. Of fewer it says next to nothing: Student's factor
 * is 4.3 at three and 12.7 at two.
 */
export const FEWEST_PERIODS = 5;

/** The sums with a day, or a shift, as the unit; or with both. */
export type Periods = RatioMoments | readonly RatioMoments[];

/** What is known of a ratio: its value, and where an interval or a test takes it to lie. */
export interface Estimate {
  readonly value: number;
  readonly centre: number;
  readonly variance: number;
  readonly df: number;
}

/**
 * Estimate of Σy ÷ Σx over visitors with the two pseudo-tracks. Given the same sums with a day (or a shift, or both) as the
 * unit, the least certain of the readings counts, once there are enough days: people of one day share its weather, its crowd, its
 * sellers. null of nothing.
 */
export const estimateOf = (moments: RatioMoments, ends: Ends, periods?: Periods): Estimate | null => {
  if (moments.x === 0) return null;
  const widened = withPseudoTracks(moments, ends);
  const place = { value: moments.y / moments.x, centre: widened.y / widened.x };
  const ofPeriods = enough(periods).map((own) => spreadOf(withPseudoTracks(own, ends, kishLength(moments))));
  return { ...place, ...leastCertain(spreadOf(widened), ofPeriods) };
};

interface Spread {
  readonly variance: number;
  readonly df: number;
}

const spreadOf = (moments: RatioMoments): Spread => ({
  variance: ratioVariance(moments) ?? Infinity,
  df: effectiveTracks(moments) - 1,
});

/** The kinds of period of which there are enough to be units. */
export const enough = (periods: Periods = []): RatioMoments[] =>
  [periods].flat().filter(({ m }) => m >= FEWEST_PERIODS);

const halfWidth = ({ variance, df }: Spread): number => student975(df) * Math.sqrt(variance);

const leastCertain = (first: Spread, others: readonly Spread[]): Spread =>
  others.reduce((widest, one) => (halfWidth(one) > halfWidth(widest) ? one : widest), first);

/** Half of the interval without pseudo-tracks; null for fewer than two tracks. */
export const halfWidthOfSeen = (moments: RatioMoments, periods?: Periods): number | null =>
  moments.m < 2 ? null : halfWidth(leastCertain(spreadOf(moments), enough(periods).map(spreadOf)));

/** The estimate's 95 % interval, which always holds the value, within what is possible. */
export const figureOf = (
  estimate: Estimate | null,
  { low, high }: Ends = { low: -Infinity, high: Infinity },
): Figure => {
  if (estimate === null) return { value: null, low: null, high: null };
  const { value, centre } = estimate;
  const half = halfWidth(estimate);
  return {
    value,
    low: Math.min(value, Math.max(low, centre - half)),
    high: Math.max(value, Math.min(high, centre + half)),
  };
};
