import { locale, t } from '../i18n/i18n.js';

/** A number with fixed decimals in the reader's notation, or an em dash. */
export const number = (value: number | null | undefined, decimals = 0): string =>
  value === null || value === undefined || !Number.isFinite(value)
    ? '—'
    : new Intl.NumberFormat(locale(), { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(
        value,
      );

export const percent = (value: number | null | undefined, decimals = 0): string =>
  value === null || value === undefined ? '—' : `${number(value, decimals)} %`;

export const signed = (value: number | null | undefined, decimals = 0): string =>
  value === null || value === undefined
    ? '—'
    : new Intl.NumberFormat(locale(), {
        minimumFractionDigits: decimals,
        maximumFractionDigits: decimals,
        signDisplay: 'exceptZero',
      }).format(value);

const dateFormat = (options: Intl.DateTimeFormatOptions, ts: number, timeZone?: string): string =>
  new Intl.DateTimeFormat(locale(), timeZone === undefined ? options : { ...options, timeZone }).format(ts);

export const clockTime = (ts: number, timeZone?: string): string =>
  dateFormat({ hour: '2-digit', minute: '2-digit', second: '2-digit' }, ts, timeZone);

export const minuteTime = (ts: number, timeZone?: string): string =>
  dateFormat({ hour: '2-digit', minute: '2-digit' }, ts, timeZone);

export const dateTime = (ts: number, timeZone?: string): string =>
  dateFormat({ day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit' }, ts, timeZone);

export const dayMonth = (ts: number, timeZone?: string): string =>
  dateFormat({ day: '2-digit', month: '2-digit' }, ts, timeZone);

/** A span in its two coarsest units. */
export const duration = (ms: number): string => {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return t('unit.seconds', { n: seconds });
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return t('unit.minutes', { n: minutes });
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${t('unit.hours', { n: hours })} ${t('unit.minutes', { n: minutes % 60 })}`;
  return t('unit.days', { n: Math.floor(hours / 24) });
};
