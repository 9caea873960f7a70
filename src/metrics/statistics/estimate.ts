import type { Figure } from '../../contracts/figure.js';
import type { RatioMoments } from '../../contracts/me1.js';
import { effectiveTracks, ratioVariance, withPseudoTracks, type Ends } from './moments.js';
import { student975 } from './student.js';

/**
 * Fewest days, or shifts, whose scatter is taken for that of all days. Of fewer it says next to nothing: Student's factor
 * is 4.3 at three and 12.7 at two.
 */
export const FEWEST_PERIODS = 5;

/** What is known of a ratio: its value, and where an interval or a test takes it to lie. */
export interface Estimate {
  readonly value: number;
  readonly centre: number;
  readonly variance: number;
  readonly df: number;
}

/**
 * Estimate of Σy ÷ Σx over visitors with the two pseudo-tracks. Given the same sums with a day (or a shift) as the unit, the
 * less certain of both readings counts, once there are enough days: people of one day share its weather, its crowd, its
 * sellers. null of nothing.
 */
export const estimateOf = (moments: RatioMoments, ends: Ends, periods?: RatioMoments): Estimate | null => {
  if (moments.x === 0) return null;
  const widened = withPseudoTracks(moments, ends);
  const place = { value: moments.y / moments.x, centre: widened.y / widened.x };
  return { ...place, ...lessCertain(spreadOf(widened), periodSpread(periods)) };
};

interface Spread {
  readonly variance: number;
  readonly df: number;
}

const spreadOf = (moments: RatioMoments): Spread => ({
  variance: ratioVariance(moments) ?? Infinity,
  df: effectiveTracks(moments) - 1,
});

const periodSpread = (periods: RatioMoments | undefined): Spread | null =>
  periods === undefined || periods.m < FEWEST_PERIODS ? null : spreadOf(periods);

const halfWidth = ({ variance, df }: Spread): number => student975(df) * Math.sqrt(variance);

const lessCertain = (a: Spread, b: Spread | null): Spread => (b === null || halfWidth(a) >= halfWidth(b) ? a : b);

/** Half of the interval without pseudo-tracks; null for fewer than two tracks. */
export const halfWidthOfSeen = (moments: RatioMoments, periods?: RatioMoments): number | null =>
  moments.m < 2 ? null : halfWidth(lessCertain(spreadOf(moments), periodSpread(periods)));

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
