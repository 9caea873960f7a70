import type { MetricSample } from './prometheus-text.js';

/** Sum over all samples of a name, those with the given labels when some are given; 0 without any. */
export const total = (samples: readonly MetricSample[], name: string, labels: Record<string, string> = {}): number =>
  samples
    .filter(
      (sample) => sample.name === name && Object.entries(labels).every(([key, value]) => sample.labels[key] === value),
    )
    .reduce((sum, { value }) => sum + value, 0);

/** Cumulative counts of a histogram by upper bound, summed over all its labels, ascending. */
const buckets = (samples: readonly MetricSample[], name: string): ReadonlyMap<number, number> => {
  const counts = new Map<number, number>();
  for (const { name: found, labels, value } of samples) {
    if (found !== `${name}_bucket`) continue;
    const bound = labels['le'] === '+Inf' ? Infinity : Number(labels['le']);
    counts.set(bound, (counts.get(bound) ?? 0) + value);
  }
  return new Map([...counts].sort(([a], [b]) => a - b));
};

/**
 * Quantile (0–1) of what a histogram observed between two readings, summed over its labels; linear inside a bucket, and
 * the last finite bound for what lies beyond it. null when nothing was observed.
 */
export const quantileBetween = (
  before: readonly MetricSample[],
  after: readonly MetricSample[],
  name: string,
  rank: number,
): number | null => {
  const earlier = buckets(before, name);
  const counts = [...buckets(after, name)].map(([bound, count]) => [bound, count - (earlier.get(bound) ?? 0)] as const);
  const wanted = rank * (counts.at(-1)?.[1] ?? 0);
  if (wanted <= 0) return null;
  let [lowBound, lowCount] = [0, 0];
  for (const [bound, count] of counts) {
    if (count >= wanted) {
      if (bound === Infinity) return lowBound;
      return lowBound + ((bound - lowBound) * (wanted - lowCount)) / (count - lowCount);
    }
    [lowBound, lowCount] = [bound, count];
  }
  return lowBound;
};
