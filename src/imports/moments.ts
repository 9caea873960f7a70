import type { LocalTime } from '../time/local-time.js';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../time/units.js';
import { RowRefused } from './refused.js';
import type { Cell } from './table.js';

/** A wall clock as the file tells it, as if it were UTC; or an instant where it says its offset. */
export interface Moment {
  readonly wallMs: number;
  readonly hasTime: boolean;
  readonly isExact: boolean;
}

/** Excel's days: 25569 is 1970-01-01; from 1904 they are 1462 less. */
const EXCEL_1970 = 25_569;
const EXCEL_1904 = 1462;
/** 1995 to 2100: a serial beyond them is no date of a shop. */
const SERIALS = [34_700, 73_050] as const;

const TIME = '(\\d{1,2})(?::(\\d{2})(?::(\\d{2})(?:[.,]\\d{1,9})?)?)?';
const DOTTED = new RegExp(`^(\\d{1,2})\\.(\\d{1,2})\\.(\\d{4}|\\d{2})(?:[\\sT,]+${TIME})?$`);
const ISO = new RegExp(`^(\\d{4})-(\\d{2})-(\\d{2})(?:[\\sT]+${TIME}\\s*(Z|[+-]\\d{2}:?\\d{2})?)?$`);
const LONGEST_MOMENT = 40;

const clockMs = (hour: string, minute = '0', second = '0'): number | null => {
  const [h, m, s] = [Number(hour), Number(minute), Number(second)];
  return h > 23 || m > 59 || s > 59 ? null : h * HOUR_MS + m * MINUTE_MS + s * 1000;
};

const dayMs = (year: string, month: string, day: string): number | null => {
  const full = year.length === 2 ? 2000 + Number(year) : Number(year);
  const ms = Date.UTC(full, Number(month) - 1, Number(day));
  const read = new Date(ms);
  return read.getUTCMonth() + 1 === Number(month) && read.getUTCDate() === Number(day) ? ms : null;
};

const offsetMs = (zone: string): number => {
  if (zone === 'Z') return 0;
  const digits = zone.slice(1).replace(':', '');
  const ms = Number(digits.slice(0, 2)) * HOUR_MS + Number(digits.slice(2)) * MINUTE_MS;
  return zone.startsWith('-') ? -ms : ms;
};

const serialMoment = (serial: number, from1904: boolean, column: string): Moment => {
  const days = from1904 ? serial + EXCEL_1904 : serial;
  if (!(days >= SERIALS[0] && days < SERIALS[1])) throw new RowRefused('TIME_UNREADABLE', column);
  // A serial is a fraction of a day, so the second is only nearly there.
  const wallMs = Math.round(((days - EXCEL_1970) * DAY_MS) / 1000) * 1000;
  return { wallMs, hasTime: !Number.isInteger(days), isExact: false };
};

/** A date, or date and time, of a cell. Throws RowRefused. */
export const momentOf = (cell: Cell, from1904: boolean, column: string): Moment => {
  if (typeof cell === 'number') return serialMoment(cell, from1904, column);
  const text = cell.trim().replace(/[\u00a0\u202f]/g, ' ');
  const refuse = (): never => {
    throw new RowRefused('TIME_UNREADABLE', column);
  };
  if (text.length > LONGEST_MOMENT) return refuse();
  const dotted = DOTTED.exec(text);
  const iso = dotted === null ? ISO.exec(text) : null;
  const [, first = '', second = '', third = '', hour, minute, seconds, zone] = dotted ?? iso ?? [];
  if (first === '') return refuse();
  const day = dotted === null ? dayMs(first, second, third) : dayMs(third, second, first);
  const clock = hour === undefined ? 0 : clockMs(hour, minute, seconds);
  // «28.11.2026 14» may be cut from 14:30.
  if (day === null || clock === null || (hour !== undefined && minute === undefined)) return refuse();
  const wallMs = day + clock - (zone === undefined ? 0 : offsetMs(zone));
  return { wallMs, hasTime: hour !== undefined, isExact: zone !== undefined };
};

/** Wall-clock ms since midnight of a cell that tells an hour: 14, 14:00, «14:00–15:00», or Excel's part of a day. Throws RowRefused. */
export const clockOf = (cell: Cell, column: string): number => {
  if (typeof cell === 'number') {
    if (Number.isInteger(cell) && cell >= 0 && cell < 24) return cell * HOUR_MS;
    if (cell > 0 && cell < 1) return Math.round((cell * DAY_MS) / 1000) * 1000;
    throw new RowRefused('TIME_UNREADABLE', column);
  }
  const read = new RegExp(`^${TIME}(?:\\s*[-–—]\\s*\\d{1,2}(?::\\d{2}){0,2})?(?:\\s*ч\\.?)?$`).exec(cell.trim());
  const ms = read?.[1] === undefined ? null : clockMs(read[1], read[2], read[3]);
  if (ms === null) throw new RowRefused('TIME_UNREADABLE', column);
  return ms;
};

/** Epoch ms of a wall clock of the site. Throws RowRefused for one that never was, or was twice. */
export const instantOf = ({ wallMs, isExact }: Pick<Moment, 'wallMs' | 'isExact'>, zone: LocalTime): number => {
  if (isExact) return wallMs;
  const offsets = new Set([zone.offsetMs(wallMs - DAY_MS), zone.offsetMs(wallMs + DAY_MS)]);
  const real = [...offsets].map((offset) => wallMs - offset).filter((ts) => ts + zone.offsetMs(ts) === wallMs);
  const [ts] = real;
  if (ts === undefined) throw new RowRefused('TIME_NEVER');
  if (real.length > 1) throw new RowRefused('TIME_TWICE');
  return ts;
};
