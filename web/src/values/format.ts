import { language, locale, t } from '../i18n/i18n.js';
import { siteTimeZone } from '../data/site.js';

const NO_BREAK_SPACE = '\u00a0';
const THIN_SPACE = '\u202f';
const MINUS = '\u2212';

const written = (value: number | null | undefined, options: Intl.NumberFormatOptions): string =>
  value === null || value === undefined || !Number.isFinite(value)
    ? '—'
    : new Intl.NumberFormat(locale(), options)
        .format(value)
        .replaceAll(NO_BREAK_SPACE, THIN_SPACE)
        .replaceAll('-', MINUS);

/** A number with fixed decimals in the reader's notation (thin spaces, a real minus), or an em dash. */
export const number = (value: number | null | undefined, decimals = 0): string =>
  written(value, { minimumFractionDigits: decimals, maximumFractionDigits: decimals, signDisplay: 'negative' });

/** A difference or an index that is read by its sign. */
export const signed = (value: number | null | undefined, decimals = 0): string =>
  written(value, { minimumFractionDigits: decimals, maximumFractionDigits: decimals, signDisplay: 'exceptZero' });

/** A number that is written already, with the percent sign: apart from it in Russian, beside it in English. */
export const withPercent = (text: string): string =>
  text === '—' ? text : `${text}${language.value === 'ru' ? NO_BREAK_SPACE : ''}%`;

export const percent = (value: number | null | undefined, decimals = 0): string => withPercent(number(value, decimals));

/** Two ends of an interval that are written already. */
export const range = (low: string, high: string): string =>
  language.value === 'ru' ? `${low}…${high}` : `${low} to ${high}`;

/** Times are the site's, wherever the reader sits. */
const dateFormat = (options: Intl.DateTimeFormatOptions, ts: number, timeZone = siteTimeZone()): string =>
  new Intl.DateTimeFormat(locale(), timeZone === undefined ? options : { ...options, timeZone }).format(ts);

const TIME = { hour: '2-digit', minute: '2-digit' } as const;
const DATE = { day: '2-digit', month: '2-digit', year: 'numeric' } as const;

export const clockTime = (ts: number, timeZone?: string): string =>
  dateFormat({ ...TIME, second: '2-digit' }, ts, timeZone);

export const minuteTime = (ts: number, timeZone?: string): string => dateFormat(TIME, ts, timeZone);

export const dateTime = (ts: number, timeZone?: string): string => dateFormat({ ...DATE, ...TIME }, ts, timeZone);

export const dayMonth = (ts: number, timeZone?: string): string =>
  dateFormat({ day: '2-digit', month: '2-digit' }, ts, timeZone);

/** A period in words: whole days by their dates, anything else to the minute; `toTs` is its exclusive end. */
export const periodText = (fromTs: number, toTs: number, timeZone?: string): string => {
  const atMidnight = (ts: number): boolean => dateFormat({ ...TIME, hourCycle: 'h23' }, ts, timeZone) === '00:00';
  if (!atMidnight(fromTs) || !atMidnight(toTs)) return `${dateTime(fromTs, timeZone)} — ${dateTime(toTs, timeZone)}`;
  const [first, last] = [dateFormat(DATE, fromTs, timeZone), dateFormat(DATE, toTs - 1, timeZone)];
  return first === last ? first : `${first} — ${last}`;
};

/** A span in its two coarsest units. */
export const duration = (ms: number): string => {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return t('unit.seconds', { n: seconds });
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return t('unit.minutes', { n: minutes });
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return t('unit.days', { n: Math.floor(hours / 24) });
  const whole = t('unit.hours', { n: hours });
  return minutes % 60 === 0 ? whole : `${whole} ${t('unit.minutes', { n: minutes % 60 })}`;
};

const CODEC_NAMES: Readonly<Record<string, string>> = { h264: 'H.264', hevc: 'H.265', h265: 'H.265', mjpeg: 'MJPEG' };

/** A codec as its standard is called; the decoder's own name where there is no other. */
export const codecName = (codec: string | null): string =>
  codec === null ? '' : (CODEC_NAMES[codec] ?? codec.toUpperCase());
