import type { Bilingual } from '../contracts/bilingual.js';
import type { Figure, Unit } from '../contracts/figure.js';
import type { Language } from '../contracts/language.js';
import { formatNumber } from './number-format.js';
import { unitFormat } from './unit-format.js';

/** A sentence is told in fewer digits than a table, and says by itself what years are. */
const SPOKEN: Partial<Record<Unit, { readonly digits: number; readonly suffix?: Bilingual }>> = {
  percent: { digits: 0 },
  points: { digits: 0 },
  years: { digits: 0, suffix: { ru: '', en: '' } },
};

const spoken = (unit: Unit): { readonly digits: number; readonly suffix: Bilingual; readonly scale: number } => {
  const { digits, suffix, scale = 1 } = unitFormat(unit);
  return { digits, suffix, scale, ...SPOKEN[unit] };
};

const bare = (value: number, unit: Unit, lang: Language): string => {
  const { digits, scale } = spoken(unit);
  return formatNumber(value * scale, digits, lang);
};

/** Puts a sentence together in both languages; the function is called once per language. */
export const both = (sentence: (lang: Language) => string): Bilingual => ({ ru: sentence('ru'), en: sentence('en') });

/** A value as people read it in a sentence: `62 %`, `0,34`, `1,2 с`; a dash for nothing. */
export const valueText = (value: number | null, unit: Unit): Bilingual =>
  value === null ? { ru: '–', en: '–' } : both((lang) => bare(value, unit, lang) + spoken(unit).suffix[lang]);

/** A length of time in the unit that suits it: `148,2 с`, `26,0 мин`, `1,4 ч`. */
export const durationText = (ms: number): Bilingual => {
  const seconds = ms / 1000;
  if (seconds < 180) return valueText(ms, 'ms');
  const [amount, unit] =
    seconds < 3600 ? [seconds / 60, { ru: 'мин', en: 'min' }] : [seconds / 3600, { ru: 'ч', en: 'h' }];
  return both((lang) => `${formatNumber(amount, 1, lang)}\u00a0${unit[lang]}`);
};

/** Value with its interval: `0,34 (95 % интервал 0,10…0,58)`. */
export const figureText = ({ value, low, high }: Figure, unit: Unit): Bilingual => {
  if (value === null || low === null || high === null) return valueText(value, unit);
  const name: Bilingual = { ru: '95\u00a0% интервал', en: '95% interval' };
  return both((lang) => {
    const range = `${bare(low, unit, lang)}…${bare(high, unit, lang)}${spoken(unit).suffix[lang]}`;
    return `${valueText(value, unit)[lang]} (${name[lang]} ${range})`;
  });
};

/** A Russian noun after a number: 1 контакт, 2 контакта, 5 контактов. */
export const plural = (count: number, one: string, few: string, many: string): string => {
  const [tens, units] = [count % 100, count % 10];
  if (tens >= 11 && tens <= 14) return many;
  if (units === 1) return one;
  return units >= 2 && units <= 4 ? few : many;
};
