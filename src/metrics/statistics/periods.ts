import type { RatioMoments } from '../../contracts/me1.js';
import { noMoments, withTrack } from './moments.js';

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

/** The sums of a ratio with the visitor as the unit, and with the day or the shift. */
export const sumsByPeriod = (parts: readonly Part[]): PeriodSums => ({
  moments: parts.reduce((sums, { y, x }) => withTrack(sums, y, x), noMoments()),
  periods: (parts[0]?.periods ?? []).map((_, kind) => byPeriod(parts, kind)),
});

const byPeriod = (parts: readonly Part[], kind: number): RatioMoments => {
  const totals = new Map<string | number, { y: number; x: number }>();
  for (const { periods, y, x } of parts) {
    const key = periods[kind] ?? '';
    const total = totals.get(key) ?? { y: 0, x: 0 };
    totals.set(key, { y: total.y + y, x: total.x + x });
  }
  return [...totals.values()].reduce<RatioMoments>((sums, { y, x }) => withTrack(sums, y, x), noMoments());
};

/** The sums of a mean of values, one for each thing, and the periods of that thing. */
export const sumsOfValues = <Thing>(
  things: readonly Thing[],
  valueOf: (thing: Thing) => number,
  periodsOf: (thing: Thing) => PeriodKeys,
): PeriodSums => sumsByPeriod(things.map((thing) => ({ periods: periodsOf(thing), y: valueOf(thing), x: 1 })));
