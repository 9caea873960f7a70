import { LocalTime } from '../../runtime/local-time.js';
import { EmoscopeError } from '../../runtime/errors.js';

const EARLIEST = Date.UTC(2000, 0, 1);
const LATEST = Date.UTC(2200, 0, 1);

/** Minutes by which a zone is ahead of UTC at an instant. */
const offsetMinutes = (ts: number, timeZone: string): number => {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  }).formatToParts(ts);
  const field = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  const local = Date.UTC(field('year'), field('month') - 1, field('day'), field('hour'), field('minute'));
  return Math.round((local - Math.floor(ts / 60_000) * 60_000) / 60_000);
};

/** First instant of a local day; where clocks skip midnight, the first instant after the gap. */
export const localMidnight = (year: number, month: number, day: number, timeZone: string): number => {
  const utc = Date.UTC(year, month - 1, day);
  const before = utc - offsetMinutes(utc - 86_400_000, timeZone) * 60_000;
  const after = utc - offsetMinutes(utc + 86_400_000, timeZone) * 60_000;
  const fits = [before, after].filter((ts) => ts + offsetMinutes(ts, timeZone) * 60_000 === utc);
  return fits.length > 0 ? Math.min(...fits) : Math.max(before, after);
};

/** The machine's zone for `auto`. */
export const timeZoneOf = (configured: string): string =>
  configured === 'auto' ? new LocalTime('auto').timeZone : configured;

/** Epoch ms of what a query may name; throws PERIOD_INVALID. */
export const instantOf = (value: string, timeZone: string): number => {
  const date = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
  let ts = NaN;
  if (date !== null) {
    const [year, month, day] = [Number(date[1]), Number(date[2]), Number(date[3])];
    const check = new Date(Date.UTC(year, month - 1, day));
    if (check.getUTCMonth() === month - 1 && check.getUTCDate() === day) ts = localMidnight(year, month, day, timeZone);
  } else if (/^\d{9,15}$/.test(value)) ts = Number(value);
  else if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/.test(value))
    ts = Date.parse(value);
  if (!(ts >= EARLIEST && ts <= LATEST)) {
    throw new EmoscopeError('PERIOD_INVALID', {
      ru: 'Время не понято: нужны миллисекунды эпохи, ISO 8601 с поясом или дата.',
      en: 'A time is not understood; use epoch milliseconds, ISO 8601 with a zone, or a date.',
    });
  }
  return ts;
};
