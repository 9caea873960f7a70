/** Linear-interpolated quantile q ∈ [0, 1] (Hyndman–Fan type 7); null of nothing. */
export const quantile = (values: ArrayLike<number>, q: number): number | null =>
  quantileOfSorted(Float64Array.from(values).sort(), q);

/** The same of values that are ascending already. */
export const quantileOfSorted = (sorted: Float64Array, q: number): number | null => {
  const at = q * (sorted.length - 1);
  const low = sorted[Math.floor(at)];
  const high = sorted[Math.ceil(at)];
  return low === undefined || high === undefined ? null : low + (at - Math.floor(at)) * (high - low);
};

export const median = (values: readonly number[]): number | null => quantile(values, 0.5);
