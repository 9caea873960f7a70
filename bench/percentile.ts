import { median } from '../src/metrics/statistics/quantile.js';

/** Nearest-rank percentile (rank 0–1); null without values. */
export const percentile = (values: readonly number[], rank: number): number | null => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(rank * sorted.length) - 1)] ?? null;
};

/** The median; NaN without values. */
export const middleOf = (values: readonly number[]): number => median(values) ?? NaN;

/** p50 / p95 / p99 in one line. */
export const spread = (values: readonly number[], digits: number): string =>
  [0.5, 0.95, 0.99].map((rank) => (percentile(values, rank) ?? NaN).toFixed(digits)).join(' / ');
