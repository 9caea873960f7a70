import type { RatioMoments } from '../../../contracts/me1.js';
import type { ValueSums } from '../../../contracts/figures/visitor-sums.js';
import { momentsOfSums } from '../../statistics/moments.js';
import { PeriodTotals } from '../../statistics/periods.js';

/** A mean over visitors: the sums by visitor and by local day, and the largest value. */
export interface VisitorTotals {
  readonly moments: RatioMoments;
  readonly days: RatioMoments;
  readonly most: number;
}

/** Adds up a value of visitors from its sums by day; `countOf`: how many of a day have it, which is everybody unless told. */
export const visitorTotals = <Day extends { readonly day: number; readonly visitors: number }>(
  parts: readonly Day[],
  sumsOf: (part: Day) => ValueSums,
  countOf: (part: Day) => number = ({ visitors }) => visitors,
): VisitorTotals => {
  const total = { count: 0, sum: 0, squares: 0, most: 0 };
  const days = new PeriodTotals();
  for (const part of parts) {
    const [count, { sum, squares, most }] = [countOf(part), sumsOf(part)];
    total.count += count;
    total.sum += sum;
    total.squares += squares;
    total.most = Math.max(total.most, most);
    days.add(part.day, sum, count);
  }
  return { moments: momentsOfSums(total.count, total), days: days.moments(), most: total.most };
};

/** The sums of values that are 1 for `count` and 0 for everybody else. */
export const ones = (count: number): ValueSums => ({ sum: count, squares: count, most: Math.min(count, 1) });
