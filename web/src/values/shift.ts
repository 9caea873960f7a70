import { presetPeriod, type ReportPeriod } from './period.js';

export const SHIFTS = ['today', '8h', 'yesterday', '7d'] as const;
export type Shift = (typeof SHIFTS)[number];

const HOUR_MS = 3_600_000;

/** The period of a shift as of now, in days of the site; its end is ahead for one that goes on, so that it stays the same request. */
export const shiftPeriod = (shift: Shift, now: number, timeZone: string | undefined): ReportPeriod => {
  if (shift !== '8h') return presetPeriod(shift, { first: '', last: '' }, now, timeZone);
  const to = Math.ceil(now / HOUR_MS) * HOUR_MS;
  return { from: String(to - 8 * HOUR_MS), to: String(to) };
};
