import type { Language } from '../../contracts/language.js';
import { formatClock, formatDayShort, formatDuration } from '../../time/format-time.js';
import type { LocalTime } from '../../time/local-time.js';

export interface TimeTick {
  readonly ts: number;
  readonly label: string;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const CLOCK_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720].map((minutes) => minutes * MINUTE);
const DAY_STEPS = [1, 2, 5, 7, 14, 30, 60, 90, 180, 365, 730, 1825];

/** At most `limit` ticks of [from, to] on round local hours or local midnights, whatever the clock changes between. */
export const timeTicks = (fromTs: number, toTs: number, zone: LocalTime, lang: Language, limit = 8): TimeTick[] => {
  const span = toTs - fromTs;
  if (!(span > 0)) return [];
  const clockStep = CLOCK_STEPS.find((step) => span / step <= limit);
  if (clockStep !== undefined) return clockTicks(fromTs, toTs, clockStep, zone, lang);
  const days = DAY_STEPS.find((step) => span / (step * DAY) <= limit) ?? Math.ceil(span / DAY / limit);
  return dayTicks(fromTs, toTs, days, zone, lang);
};

const clockTicks = (fromTs: number, toTs: number, step: number, zone: LocalTime, lang: Language): TimeTick[] => {
  const ticks: TimeTick[] = [];
  const manyDays = zone.startOfDay(fromTs) !== zone.startOfDay(toTs - 1);
  for (let day = zone.startOfDay(fromTs); day < toTs; day = zone.startOfDay(day, 1)) {
    const { year, month, day: date } = zone.wall(day);
    for (let minute = 0; minute < 1440; minute += step / MINUTE) {
      // Far from the period no change of the clock (two hours at most) can bring a tick into it.
      if (day + minute * MINUTE < fromTs - 2 * HOUR || day + minute * MINUTE > toTs + 2 * HOUR) continue;
      const clock = { hour: Math.floor(minute / 60), minute: minute % 60, second: 0, ms: 0 };
      const ts = zone.toTs({ year, month, day: date, ...clock });
      if (ts < fromTs || ts > toTs) continue;
      const label = minute === 0 && manyDays ? formatDayShort(ts, zone, lang) : formatClock(ts, zone);
      if (ticks.at(-1)?.ts !== ts) ticks.push({ ts, label });
    }
  }
  if (zone.startOfDay(toTs) === toTs)
    ticks.push({ ts: toTs, label: manyDays ? formatDayShort(toTs, zone, lang) : '24:00' });
  return ticks;
};

/** The same of time elapsed since a start, in round steps. */
export const elapsedTicks = (fromMs: number, toMs: number, lang: Language, limit = 8): TimeTick[] => {
  const span = toMs - fromMs;
  if (!(span > 0)) return [];
  const steps = [...CLOCK_STEPS, ...DAY_STEPS.map((days) => days * DAY)];
  const step = steps.find((one) => span / one <= limit) ?? Math.ceil(span / DAY / limit) * DAY;
  const first = Math.ceil(fromMs / step);
  return Array.from({ length: Math.floor(toMs / step) - first + 1 }, (_, index) => {
    const ts = (first + index) * step;
    return { ts, label: ts === 0 ? '0' : formatDuration(ts, lang) };
  });
};

const dayTicks = (fromTs: number, toTs: number, days: number, zone: LocalTime, lang: Language): TimeTick[] => {
  const ticks: TimeTick[] = [];
  const first = zone.startOfDay(fromTs) === fromTs ? fromTs : zone.startOfDay(fromTs, 1);
  for (let ts = first; ts <= toTs; ts = zone.startOfDay(ts, days))
    ticks.push({ ts, label: formatDayShort(ts, zone, lang) });
  return ticks;
};
