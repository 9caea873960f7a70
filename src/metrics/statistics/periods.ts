import type { RatioMoments } from '../../contracts/me1.js';
import { momentsOfAll } from './moments.js';

/** The day, the shift or both that something belongs to: one key for each kind of period, in one order. */
export type PeriodKeys = readonly (string | number)[];

/** What one visitor or contact adds to a ratio, and the periods it belongs to. */
export interface Part {
  readonly periods: PeriodKeys;
  readonly y: number;
  readonly x: number;
}

/** The sums of one ratio by visitor and by each kind of period. */
export interface PeriodSums {
  readonly moments: RatioMoments;
  readonly periods: readonly RatioMoments[];
}

/** Adds up y and x of one kind of period; made for hundreds of thousands of parts, so nothing is allocated for each. */
export class PeriodTotals {
  private readonly totals = new Map<string | number, { y: number; x: number }>();

  add(period: string | number, y: number, x: number): void {
    const total = this.totals.get(period);
    if (total === undefined) this.totals.set(period, { y, x });
    else {
      total.y += y;
      total.x += x;
    }
  }

  /** The moments with the period as the unit. */
  moments(): RatioMoments {
    return momentsOfAll(this.totals.values());
  }
}

/** The sums of a ratio with the visitor as the unit, and with the day or the shift. */
export const sumsByPeriod = (parts: readonly Part[]): PeriodSums => {
  const periods = (parts[0]?.periods ?? []).map((_, kind) => {
    const totals = new PeriodTotals();
    for (const part of parts) totals.add(part.periods[kind] ?? '', part.y, part.x);
    return totals.moments();
  });
  return { moments: momentsOfAll(parts), periods };
};

/** The sums of a mean of values, one for each thing, and the periods of that thing. */
export const sumsOfValues = <Thing>(
  things: readonly Thing[],
  valueOf: (thing: Thing) => number,
  periodsOf: (thing: Thing) => PeriodKeys,
): PeriodSums => sumsByPeriod(things.map((thing) => ({ periods: periodsOf(thing), y: valueOf(thing), x: 1 })));
