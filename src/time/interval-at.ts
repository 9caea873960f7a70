import { grouped } from '../runtime/grouped.js';

/** A stretch of time [fromTs, toTs), epoch ms UTC. */
export interface Interval {
  readonly fromTs: number;
  readonly toTs: number;
}

/** Finds the one of some intervals, in order of time and without overlap, that holds an instant; null: none does. */
export const intervalAt = <One extends Interval>(intervals: readonly One[]): ((ts: number) => One | null) => {
  return (ts) => {
    let [low, high] = [0, intervals.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((intervals[middle]?.fromTs ?? Infinity) <= ts) low = middle + 1;
      else high = middle;
    }
    const found = intervals[low - 1];
    return found !== undefined && ts < found.toTs ? found : null;
  };
};

/** The same of intervals of several kinds, each kind without overlap and in any order. */
export const intervalsBy = <One extends Interval>(
  intervals: readonly One[],
  kindOf: (interval: One) => string,
): ((kind: string, ts: number) => One | null) => {
  const inOrder = [...intervals].sort((a, b) => a.fromTs - b.fromTs);
  const finders = new Map([...grouped(inOrder, kindOf)].map(([kind, own]) => [kind, intervalAt(own)] as const));
  return (kind, ts) => finders.get(kind)?.(ts) ?? null;
};
