import { grouped } from '../../src/runtime/grouped.js';

/** A figure with its 95 % interval; NaN where nothing was measured. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Cases it rests on. */
  readonly count: number;
}

const Z = 1.959964;

/** A share with Wilson's 95 % interval, which stays inside 0–1 for small counts. */
export const share = (hits: number, count: number): Estimate => {
  if (count === 0) return { value: Number.NaN, low: Number.NaN, high: Number.NaN, count };
  const p = hits / count;
  const z2 = Z * Z;
  const centre = (p + z2 / (2 * count)) / (1 + z2 / count);
  const half = (Z * Math.sqrt((p * (1 - p)) / count + z2 / (4 * count * count))) / (1 + z2 / count);
  return { value: p, low: Math.max(0, centre - half), high: Math.min(1, centre + half), count };
};

/** Small deterministic generator of numbers in [0, 1) (mulberry32). */
export const seeded = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
};

/**
 * Any statistic with its 95 % percentile interval from a bootstrap over groups (all cases of one person stay
 * together, since they are not independent).
 */
export const bootstrapped = <T>(
  cases: readonly T[],
  groupOf: (item: T) => string,
  statistic: (items: readonly T[]) => number,
  rounds = 400,
): Estimate => {
  const value = statistic(cases);
  const groups = [...grouped(cases, groupOf).values()];
  const random = seeded(20261);
  const values: number[] = [];
  for (let round = 0; round < rounds && groups.length > 1; round += 1) {
    const drawn = groups.flatMap(() => groups[Math.floor(random() * groups.length)] ?? []);
    const one = statistic(drawn);
    if (Number.isFinite(one)) values.push(one);
  }
  values.sort((a, b) => a - b);
  const at = (q: number): number => values[Math.min(values.length - 1, Math.floor(q * values.length))] ?? Number.NaN;
  return { value, low: at(0.025), high: at(0.975), count: cases.length };
};

/** Area under the ROC curve: the chance that a positive case scores above a negative one, ties half. */
export const areaUnderCurve = (cases: readonly { readonly score: number; readonly positive: boolean }[]): number => {
  const sorted = [...cases].sort((a, b) => a.score - b.score);
  let rankSum = 0;
  let positives = 0;
  for (let start = 0; start < sorted.length;) {
    let end = start;
    while (end < sorted.length && sorted[end]?.score === sorted[start]?.score) end += 1;
    const rank = (start + 1 + end) / 2;
    for (let i = start; i < end; i += 1) {
      if (sorted[i]?.positive !== true) continue;
      positives += 1;
      rankSum += rank;
    }
    start = end;
  }
  const negatives = sorted.length - positives;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
};
