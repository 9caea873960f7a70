import jStat from 'jstat';
import type { Figure } from '../../contracts/figure.js';
import { enough } from './estimate.js';
import { momentsOfSums } from './moments.js';
import { PeriodTotals, sumsOfValues, type PeriodKeys, type PeriodSums } from './periods.js';
import { quantileOfSorted } from './quantile.js';
import { NOTHING, shareFigure } from './ratio.js';

/** From here on the normal distribution stands for the coins. */
const MANY = 500;

/** Fewest values that have a median: of fewer, the interval would reach no further than chance has put them. */
export const FEWEST_OF_MEDIAN = 5;

export interface MedianOptions<Thing> {
  /** Step of the measurement: equal values leave as much to either side. */
  readonly resolution: number;
  /** Lowest possible value; default 0. */
  readonly least?: number;
  /** The day, the shift or both that a thing belongs to; default: things stand for themselves alone. */
  readonly periodsOf?: (thing: Thing) => PeriodKeys;
}

/**
 * The median of a value that things have, or lack (null), with the interval between two of the values. It is the wider of two:
 * that of the sign test turned round, which holds with at least 95 % whatever the distribution of independent values, and
 * Woodruff's (1952), which puts the interval of the share that lies below the median, clustered by day or shift, back on the
 * values. Where the values do not reach so far, the interval goes half their range beyond them. Nothing of fewer than five.
 */
export const medianFigure = <Thing>(
  things: readonly Thing[],
  valueOf: (thing: Thing) => number | null,
  { resolution, least = 0, periodsOf = () => [] }: MedianOptions<Thing>,
): Figure => {
  const values: number[] = [];
  const periods: PeriodKeys[] = [];
  for (const thing of things) {
    const value = valueOf(thing);
    if (value === null) continue;
    values.push(value);
    periods.push(periodsOf(thing));
  }
  const belowBy = (median: number): PeriodSums => {
    const below = (index: number): number => shareBelow(values[index] ?? NaN, median);
    return sumsOfValues([...values.keys()], below, (index) => periods[index] ?? []);
  };
  return figureOfSorted(Float64Array.from(values).sort(), belowBy, { resolution, least });
};

/** The same of values that are ascending already, with the day of each as the unit. */
export const medianOfSorted = (
  values: Float64Array,
  days: Int32Array,
  { resolution, least = 0 }: Pick<MedianOptions<never>, 'resolution' | 'least'>,
): Figure => {
  const belowBy = (median: number): PeriodSums => {
    const totals = new PeriodTotals();
    let below = 0;
    let squares = 0;
    for (let index = 0; index < values.length; index += 1) {
      const share = shareBelow(values[index] ?? 0, median);
      below += share;
      squares += share * share;
      totals.add(days[index] ?? 0, share, 1);
    }
    return { moments: momentsOfSums(values.length, { sum: below, squares }), periods: [totals.moments()] };
  };
  return figureOfSorted(values, belowBy, { resolution, least });
};

/** What a value adds to the share below the median: half for one that is equal. */
const shareBelow = (value: number, median: number): number => (1 - Math.sign(value - median)) / 2;

const figureOfSorted = (
  sorted: Float64Array,
  belowBy: (median: number) => PeriodSums,
  { resolution, least }: { readonly resolution: number; readonly least: number },
): Figure => {
  const value = quantileOfSorted(sorted, 0.5);
  if (value === null || sorted.length < FEWEST_OF_MEDIAN) return NOTHING;
  const last = sorted.length - 1;
  const rank = lowestRank(sorted.length);
  const ranks = [{ low: rank, high: last - rank }, ...ranksOfPeriods(belowBy(value), last)];
  const low = valueAt(sorted, Math.min(...ranks.map((own) => own.low)));
  const high = valueAt(sorted, Math.max(...ranks.map((own) => own.high)));
  return { value, low: Math.max(least, Math.min(low, value - resolution)), high: Math.max(high, value + resolution) };
};

/** Indices of the ascending values between which the median lies; outside of them where the values do not reach so far. */
interface Ranks {
  readonly low: number;
  readonly high: number;
}

/** The ranks that the share of values below the median, a half about, has by day or shift; none of too few. */
const ranksOfPeriods = ({ moments, periods }: PeriodSums, last: number): Ranks[] => {
  if (enough(periods).length === 0) return [];
  const { low, high } = shareFigure(moments, periods);
  if (low === null || high === null) return [];
  return [{ low: low <= 0 ? -1 : Math.floor(low * last), high: high >= 1 ? last + 1 : Math.ceil(high * last) }];
};

/** The value at an index of ascending ones, half their range beyond the first or the last outside of them. */
const valueAt = (sorted: Float64Array, index: number): number => {
  const [first = NaN, last = NaN] = [sorted[0], sorted[sorted.length - 1]];
  const beyond = (last - first) / 2;
  if (index < 0) return first - beyond;
  return sorted[index] ?? last + beyond;
};

/** The largest k with 2·P(fewer than k + 1 of n fair coins) ≤ 5 %: the interval runs from value k to value n − 1 − k; −1 for none. */
const lowestRank = (n: number): number => {
  if (n > MANY) return Math.floor((n - 1.96 * Math.sqrt(n)) / 2) - 1;
  let rank = -1;
  for (let k = 0; k < n / 2 && 2 * jStat.binomial.cdf(k, n, 0.5) <= 0.05; k += 1) rank = k;
  return rank;
};
