import { ARRAY, UINTEGER } from '@duckdb/node-api';

/** Bins of a Happiness histogram: whole points 0…100. */
const HAPPINESS_BINS = 101;

/** Type of a column with the number of samples with Happiness ≥ k, for k of 0…100. */
export const SMILES = ARRAY(UINTEGER, HAPPINESS_BINS);

/** Samples per bin → samples with Happiness ≥ k. */
export const suffixCounts = (histogram: readonly number[]): number[] => {
  const counts = new Array<number>(HAPPINESS_BINS).fill(0);
  let sum = 0;
  for (let bin = HAPPINESS_BINS - 1; bin >= 0; bin -= 1) {
    sum += histogram[bin] ?? 0;
    counts[bin] = sum;
  }
  return counts;
};

/** The inverse of `suffixCounts`. */
export const histogramOf = (suffix: readonly number[]): number[] =>
  suffix.map((count, bin) => count - (suffix[bin + 1] ?? 0));
