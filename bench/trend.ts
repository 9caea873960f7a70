import { middleOf } from './percentile.js';

/** When a figure counts as rising. */
export interface TrendRule {
  /** Readings left out at the start. */
  readonly warmup: number;
  /** Growth over the judged readings that is too much, as a share of their median. */
  readonly maxGrowthShare: number;
  /** Growth below this is never too much, in the figure's unit. */
  readonly floor: number;
}

export interface Trend {
  /** Readings judged. */
  readonly readings: number;
  /** Median of the judged readings. */
  readonly median: number;
  /** Theil–Sen slope times the length: what the figure grew by from the first judged reading to the last. */
  readonly growth: number;
  /** The growth that would be too much. */
  readonly bound: number;
  /** Mann–Kendall statistic, standardised; above 2.33 chance is a worse explanation than a rise (one-sided 1 %). */
  readonly z: number;
  readonly verdict: 'steady' | 'rising' | 'too-few-readings';
}

/** Fewer readings cannot reach the 1 % level however steadily they rise. */
const MIN_READINGS = 6;
const SIGNIFICANT_Z = 2.33;

const pairs = (values: readonly number[]): { readonly rise: number; readonly steps: number }[] =>
  values.flatMap((first, i) => values.slice(i + 1).map((later, k) => ({ rise: later - first, steps: k + 1 })));

/** Growth per reading: the median of the slopes of all pairs, which outliers do not move. */
export const theilSenSlope = (values: readonly number[]): number =>
  values.length < 2 ? 0 : middleOf(pairs(values).map(({ rise, steps }) => rise / steps));

/** Mann–Kendall's test for a monotonic trend: rises less falls over all pairs, standardised, ties accounted for. */
export const mannKendallZ = (values: readonly number[]): number => {
  const n = values.length;
  const balance = pairs(values).reduce((sum, { rise }) => sum + Math.sign(rise), 0);
  const ties = new Map<number, number>();
  for (const value of values) ties.set(value, (ties.get(value) ?? 0) + 1);
  const spread = (count: number): number => count * (count - 1) * (2 * count + 5);
  const variance = (spread(n) - [...ties.values()].reduce((sum, count) => sum + spread(count), 0)) / 18;
  return balance === 0 || variance === 0 ? 0 : (balance - Math.sign(balance)) / Math.sqrt(variance);
};

/**
 * Whether a figure rises over a run: it does when its robust growth exceeds the bound and chance does not explain it.
 * One outlier, noise around a level, and a step up in the warm-up are not a rise; a leak is.
 */
export const judgeTrend = (series: readonly number[], rule: TrendRule): Trend => {
  const judged = series.slice(rule.warmup);
  const middle = middleOf(judged);
  const growth = theilSenSlope(judged) * Math.max(0, judged.length - 1);
  const bound = Math.max(rule.floor, rule.maxGrowthShare * Math.abs(middle));
  const z = mannKendallZ(judged);
  const rising = growth > bound && z > SIGNIFICANT_Z;
  const verdict = judged.length < MIN_READINGS ? 'too-few-readings' : rising ? 'rising' : 'steady';
  return { readings: judged.length, median: middle, growth, bound, z, verdict };
};
