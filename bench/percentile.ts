/** Nearest-rank percentile (rank 0–1); null without values. */
export const percentile = (values: readonly number[], rank: number): number | null => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(rank * sorted.length) - 1)] ?? null;
};

/** Nearest-rank median; NaN without values. */
export const median = (values: readonly number[]): number => percentile(values, 0.5) ?? NaN;

/** p50 / p95 / p99 in one line. */
export const spread = (values: readonly number[], digits: number): string =>
  [0.5, 0.95, 0.99].map((rank) => (percentile(values, rank) ?? NaN).toFixed(digits)).join(' / ');
