import { EmoscopeError } from '../runtime/errors.js';
import type { LocalTime } from './local-time.js';
import { MINUTE_MS } from './units.js';

/** Where and when somebody says a time. */
export interface Speaker {
  /** Epoch ms UTC. */
  readonly now: number;
  readonly zone: LocalTime;
}

const EARLIEST_TS = Date.UTC(2000, 0, 1);
const LATEST_TS = Date.UTC(2200, 0, 1);

const NAMED_DAYS: ReadonlyMap<string, number> = new Map([
  ['today', 0],
  ['сегодня', 0],
  ['yesterday', -1],
  ['вчера', -1],
  ['tomorrow', 1],
  ['завтра', 1],
]);
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const RUSSIAN_DATE = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/;

/** Days of a month, 1–12. */
export const monthLength = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

const isDate = (year: number, month: number, day: number): boolean =>
  year >= 1970 && month >= 1 && month <= 12 && day >= 1 && day <= monthLength(year, month);

/** First instant of the day that a pattern's groups name as numbers; null where there is none such. */
const midnightOf = (named: readonly string[] | undefined, zone: LocalTime): number | null => {
  const [year, month, day] = (named ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined || !isDate(year, month, day)) return null;
  return zone.toTs({ year, month, day, hour: 0, minute: 0, second: 0, ms: 0 });
};

/** First instant of a named day or a date (2026-11-02, 02.11.2026); null when it is neither. */
export const readDay = (text: string, { now, zone }: Speaker): number | null => {
  const days = NAMED_DAYS.get(text.toLowerCase());
  if (days !== undefined) return zone.startOfDay(now, days);
  return midnightOf(DATE.exec(text)?.slice(1) ?? RUSSIAN_DATE.exec(text)?.slice(1).reverse(), zone);
};

const MOMENT = /^(\S+?)[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,3}))?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i;
const EPOCH_MS = /^\d{11,14}$/;

/** What a person may call a moment: a day, a day and a clock with or without a zone, `now`, epoch ms; null when it is none of them. */
export const readMoment = (text: string, speaker: Speaker): number | null => {
  if (/^(?:now|сейчас)$/iu.test(text)) return speaker.now;
  if (EPOCH_MS.test(text)) return Number(text);
  const start = readDay(text, speaker);
  if (start !== null) return start;
  const [, date = '', hours = '', minutes = '', seconds = '0', fraction = '', offset] = MOMENT.exec(text) ?? [];
  const day = date === '' ? null : readDay(date, speaker);
  const [hour, minute, second] = [Number(hours), Number(minutes), Number(seconds)];
  const midnight = hour === 24 && minute === 0 && second === 0;
  if (day === null || (hour > 23 && !midnight) || minute > 59 || second > 59) return null;
  const ms = Number(fraction.padEnd(3, '0'));
  const { year, month, day: dayOfMonth } = speaker.zone.wall(day);
  if (offset === undefined) {
    if (midnight) return speaker.zone.startOfDay(day, 1);
    return speaker.zone.toTs({ year, month, day: dayOfMonth, hour, minute, second, ms });
  }
  const offsetMs = readOffset(offset);
  return offsetMs === null ? null : Date.UTC(year, month - 1, dayOfMonth, hour, minute, second, ms) - offsetMs;
};

const readOffset = (text: string): number | null => {
  if (text.toUpperCase() === 'Z') return 0;
  const [hours, minutes] = [Number(text.slice(1, 3)), Number(text.slice(-2))];
  if (hours > 14 || minutes > 59) return null;
  return (text.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * MINUTE_MS;
};

const EXACT_EPOCH_MS = /^\d{9,15}$/;
const EXACT_ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/;

/**
 * What a program may call a moment, which means the same whenever and wherever it is said: epoch ms, ISO 8601 with a
 * zone, or a date as its midnight in the zone of the site. Throws PERIOD_INVALID.
 */
export const readExactMoment = (text: string, zone: LocalTime): number => {
  const ts = EXACT_EPOCH_MS.test(text)
    ? Number(text)
    : EXACT_ISO.test(text)
      ? Date.parse(text)
      : midnightOf(DATE.exec(text)?.slice(1), zone);
  if (ts === null || !(ts >= EARLIEST_TS && ts <= LATEST_TS)) {
    throw new EmoscopeError('PERIOD_INVALID', {
      ru: 'Время не понято: нужны миллисекунды эпохи, ISO 8601 с поясом или дата.',
      en: 'A time is not understood; use epoch milliseconds, ISO 8601 with a zone, or a date.',
    });
  }
  return ts;
};
