import type { Language } from '../contracts/language.js';
import type { LocalTime } from './local-time.js';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from './units.js';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const two = (n: number): string => String(n).padStart(2, '0');

/** 02.11.2026 in Russian, 2 Nov 2026 in English. */
const formatDay = (ts: number, zone: LocalTime, lang: Language): string => {
  const { year, month, day } = zone.wall(ts);
  return lang === 'ru' ? `${two(day)}.${two(month)}.${year}` : `${day} ${MONTHS[month - 1] ?? ''} ${year}`;
};

/** 02.11 in Russian, 2 Nov in English. */
export const formatDayShort = (ts: number, zone: LocalTime, lang: Language): string => {
  const { month, day } = zone.wall(ts);
  return lang === 'ru' ? `${two(day)}.${two(month)}` : `${day} ${MONTHS[month - 1] ?? ''}`;
};

/** 14:05, with seconds only where they are not zero. */
export const formatClock = (ts: number, zone: LocalTime): string => {
  const { hour, minute, second } = zone.wall(ts);
  return `${two(hour)}:${two(minute)}${second === 0 ? '' : `:${two(second)}`}`;
};

/** Day and clock, with seconds always or never, so that a column of them is even. */
export const formatStamp = (ts: number, zone: LocalTime, lang: Language, seconds: boolean): string => {
  const { hour, minute, second } = zone.wall(ts);
  return `${formatDay(ts, zone, lang)} ${two(hour)}:${two(minute)}${seconds ? `:${two(second)}` : ''}`;
};

/** Day and clock. */
export const formatMoment = (ts: number, zone: LocalTime, lang: Language): string =>
  `${formatDay(ts, zone, lang)} ${formatClock(ts, zone)}`;

/** ISO 8601 with the zone's offset at that moment: exact, and readable as local time. */
export const formatIso = (ts: number, zone: LocalTime): string => {
  const { year, month, day, hour, minute, second, ms } = zone.wall(ts);
  const offsetMin = Math.round(zone.offsetMs(ts) / 60_000);
  const sign = offsetMin < 0 ? '-' : '+';
  const offset = `${sign}${two(Math.floor(Math.abs(offsetMin) / 60))}:${two(Math.abs(offsetMin) % 60)}`;
  const fraction = ms === 0 ? '' : `.${String(Math.trunc(ms)).padStart(3, '0')}`;
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}${fraction}${offset}`;
};

/** Half-open [from, to) for people: whole days name the last day included, other periods both moments. */
export const formatPeriod = (fromTs: number, toTs: number, zone: LocalTime, lang: Language): string => {
  const wholeDays = zone.startOfDay(fromTs) === fromTs && zone.startOfDay(toTs) === toTs && toTs > fromTs;
  if (!wholeDays) return `${formatMoment(fromTs, zone, lang)} – ${formatMoment(toTs, zone, lang)}`;
  const lastDay = zone.startOfDay(toTs, -1);
  if (lastDay === fromTs) return formatDay(fromTs, zone, lang);
  const inclusive = lang === 'ru' ? ' (включительно)' : ' (inclusive)';
  return `${formatDay(fromTs, zone, lang)} – ${formatDay(lastDay, zone, lang)}${inclusive}`;
};

const UNITS: readonly { readonly ms: number; readonly ru: string; readonly en: string }[] = [
  { ms: DAY_MS, ru: 'сут', en: 'd' },
  { ms: HOUR_MS, ru: 'ч', en: 'h' },
  { ms: MINUTE_MS, ru: 'мин', en: 'min' },
  { ms: SECOND_MS, ru: 'с', en: 's' },
];

/** A duration by its two largest whole units: 1 ч 30 мин. */
export const formatDuration = (durationMs: number, lang: Language): string => {
  let rest = Math.max(0, Math.round(durationMs / 1000) * 1000);
  const parts: string[] = [];
  for (const unit of UNITS) {
    const count = Math.floor(rest / unit.ms);
    rest -= count * unit.ms;
    if (count > 0) parts.push(`${count} ${unit[lang]}`);
  }
  return parts.length === 0 ? `0 ${lang === 'ru' ? 'с' : 's'}` : parts.slice(0, 2).join(' ');
};
