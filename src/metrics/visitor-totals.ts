import type { RatioMoments } from '../contracts/me1.js';
import type { ValueSums } from '../contracts/visitor-sums.js';
import { momentsOfSums } from './statistics/moments.js';
import { PeriodTotals } from './statistics/periods.js';

/** A mean over visitors: the sums by visitor and by local day, and the largest value. */
export interface VisitorTotals {
  readonly moments: RatioMoments;
  readonly days: RatioMoments;
  readonly most: number;
}

/** What some visitors of one day add: their number and the sums of a value of theirs. */
export type DayPart = ValueSums & { readonly day: number; readonly visitors: number };

/** Adds the parts of days up. */
export const visitorTotals = (parts: readonly DayPart[]): VisitorTotals => {
  const total = { count: 0, sum: 0, squares: 0, most: 0 };
  const days = new PeriodTotals();
  for (const { day, visitors, sum, squares, most } of parts) {
    total.count += visitors;
    total.sum += sum;
    total.squares += squares;
    total.most = Math.max(total.most, most);
    days.add(day, sum, visitors);
  }
  return { moments: momentsOfSums(total.count, total), days: days.moments(), most: total.most };
};

/** The sums of values that are 1 for `count` and 0 for everybody else. */
export const ones = (count: number): ValueSums => ({ sum: count, squares: count, most: Math.min(count, 1) });
