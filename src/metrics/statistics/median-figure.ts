import type { Figure } from '../../contracts/figure.js';
import jStat from 'jstat';
import { NOTHING } from './ratio.js';
import { median } from './quantile.js';

/** From here on the normal distribution stands for the coins. */
const MANY = 500;

/**
 * The median of values ≥ 0 with the interval between two of them, which holds with at least 95 % whatever their distribution
 * (the sign test turned round). Fewer than six values cannot reach that: the interval then reaches half their range beyond
 * them. Equal values leave the `resolution` of the measurement.
 */
export const medianFigure = (values: readonly number[], resolution: number): Figure => {
  const value = median(values);
  if (value === null) return NOTHING;
  const sorted = [...values].sort((a, b) => a - b);
  const rank = lowestRank(sorted.length);
  const at = (index: number): number => sorted[index] ?? value;
  const beyond = rank === null ? (at(sorted.length - 1) - at(0)) / 2 : 0;
  const low = at(rank ?? 0) - beyond;
  const high = at(sorted.length - 1 - (rank ?? 0)) + beyond;
  return { value, low: Math.max(0, Math.min(low, value - resolution)), high: Math.max(high, value + resolution) };
};

/** The largest k with 2·P(fewer than k + 1 of n fair coins) ≤ 5 %: the interval runs from value k to value n − 1 − k. */
const lowestRank = (n: number): number | null => {
  if (n > MANY) return Math.floor((n - 1.96 * Math.sqrt(n)) / 2) - 1;
  let rank: number | null = null;
  for (let k = 0; k < n / 2 && 2 * jStat.binomial.cdf(k, n, 0.5) <= 0.05; k += 1) rank = k;
  return rank;
};
