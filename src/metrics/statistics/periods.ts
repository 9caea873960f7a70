import type { RatioMoments } from '../../contracts/me1.js';
import { momentsOfAll, MomentSums } from './moments.js';

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

interface Total {
  y: number;
  x: number;
}

/** Adds up y and x of one kind of period; made for hundreds of thousands of parts, so nothing is allocated for each. */
export class PeriodTotals {
  private readonly totals = new Map<string | number, Total>();
  /** What comes in order of time is mostly of the period of the one before. */
  private lastPeriod: string | number | null = null;
  private last: Total = { y: 0, x: 0 };

  add(period: string | number, y: number, x: number): void {
    if (period !== this.lastPeriod) this.turnTo(period);
    this.last.y += y;
    this.last.x += x;
  }

  private turnTo(period: string | number): void {
    this.lastPeriod = period;
    this.last = this.totals.get(period) ?? { y: 0, x: 0 };
    this.totals.set(period, this.last);
  }

  /** The moments with the period as the unit. */
  moments(): RatioMoments {
    return momentsOfAll(this.totals.values());
  }
}

/** The sums of a ratio with the visitor as the unit, and with the day or the shift. */
export const sumsByPeriod = (parts: readonly Part[]): PeriodSums =>
  sumsOfRatio(parts, { y: ({ y }) => y, x: ({ x }) => x }, ({ periods }) => periods);

/** The same of things of which each adds y and x. */
export const sumsOfRatio = <Thing>(
  things: readonly Thing[],
  { y, x }: { readonly y: (thing: Thing) => number; readonly x: (thing: Thing) => number },
  periodsOf: (thing: Thing) => PeriodKeys,
): PeriodSums => {
  const [first] = things;
  const totals = first === undefined ? [] : periodsOf(first).map(() => new PeriodTotals());
  const moments = new MomentSums();
  for (const thing of things) {
    const [ownY, ownX, periods] = [y(thing), x(thing), periodsOf(thing)];
    moments.add(ownY, ownX);
    for (let kind = 0; kind < totals.length; kind += 1) totals[kind]?.add(periods[kind] ?? '', ownY, ownX);
  }
  return { moments: moments.sums, periods: totals.map((own) => own.moments()) };
};

/** The sums of a mean of values, one for each thing, and the periods of that thing. */
export const sumsOfValues = <Thing>(
  things: readonly Thing[],
  valueOf: (thing: Thing) => number,
  periodsOf: (thing: Thing) => PeriodKeys,
): PeriodSums => sumsOfRatio(things, { y: valueOf, x: () => 1 }, periodsOf);
