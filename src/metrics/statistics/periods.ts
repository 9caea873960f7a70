import type { RatioMoments } from '../../contracts/me1.js';
import { noMoments, withTrack } from './moments.js';

/** What one visitor or contact adds to a ratio, and the day or the shift it belongs to. */
export interface Part {
  readonly period: string | number;
  readonly y: number;
  readonly x: number;
}

/** The sums of one ratio by visitor and by day (or shift). */
export interface PeriodSums {
  readonly moments: RatioMoments;
  readonly periods: RatioMoments;
}

/** The sums of a ratio with the visitor as the unit, and with the day or the shift. */
export const sumsByPeriod = (parts: readonly Part[]): PeriodSums => {
  let moments = noMoments();
  const periods = new Map<string | number, { y: number; x: number }>();
  for (const { period, y, x } of parts) {
    moments = withTrack(moments, y, x);
    const sum = periods.get(period) ?? { y: 0, x: 0 };
    periods.set(period, { y: sum.y + y, x: sum.x + x });
  }
  let byPeriod = noMoments();
  for (const { y, x } of periods.values()) byPeriod = withTrack(byPeriod, y, x);
  return { moments, periods: byPeriod };
};
