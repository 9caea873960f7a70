import type { Language } from '../contracts/language.js';

/** Narrow no-break space: the thin space between thousands that never breaks a line. */
const THIN_SPACE = '\u202f';
const MINUS = '\u2212';
/** Printed where nothing was measured. */
export const NOTHING = '–';

const FORMATS = [0, 1, 2, 3].map(
  (digits) =>
    new Intl.NumberFormat('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: true }),
);

/** A number for people: 24 507 and 0,49 in Russian, 24,507 and 0.49 in English; «–» for null or not finite. */
export const formatNumber = (value: number | null, digits: number, lang: Language, signed = false): string => {
  if (value === null || !Number.isFinite(value)) return NOTHING;
  const english = (FORMATS[digits] ?? FORMATS[3])?.format(Math.abs(value)) ?? NOTHING;
  const printed = lang === 'en' ? english : english.replaceAll(/[,.]/g, (mark) => (mark === ',' ? THIN_SPACE : ','));
  const isZero = !/[1-9]/.test(english);
  if (isZero) return printed;
  if (value < 0) return MINUS + printed;
  return signed ? `+${printed}` : printed;
};

/** A 95 % interval as «0,41–0,52»; empty where there is none. Negative ends are joined by an ellipsis. */
export const formatInterval = (
  low: number | null | undefined,
  high: number | null | undefined,
  digits: number,
  lang: Language,
): string => {
  if (low === null || low === undefined || high === null || high === undefined) return '';
  const [from, to] = [formatNumber(low, digits, lang), formatNumber(high, digits, lang)];
  return low < 0 || high < 0 ? `${from}…${to}` : `${from}–${to}`;
};
