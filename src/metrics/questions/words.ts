import type { Bilingual } from '../../contracts/bilingual.js';
import type { Figure, Unit } from '../../contracts/figure.js';

const DIGITS: Record<Unit, number> = {
  share: 0,
  percent: 0,
  points: 0,
  index: 2,
  rate: 2,
  years: 0,
  ms: 1,
  count: 0,
};
/** What a unit is multiplied by for people: shares to percent, ms to seconds. */
const FACTOR: Partial<Record<Unit, number>> = { share: 100, ms: 1 / 1000 };
const SUFFIX: Record<Unit, Bilingual> = {
  share: { ru: '\u00a0%', en: '%' },
  percent: { ru: '\u00a0%', en: '%' },
  points: { ru: '', en: '' },
  index: { ru: '', en: '' },
  rate: { ru: '', en: '' },
  years: { ru: '', en: '' },
  ms: { ru: '\u00a0с', en: '\u00a0s' },
  count: { ru: '', en: '' },
};

const bare = (value: number, unit: Unit): Bilingual => {
  const text = (value * (FACTOR[unit] ?? 1))
    .toFixed(DIGITS[unit])
    .replace(/^-(?=0(\.0*)?$)/, '')
    .replace('-', '−');
  return { ru: text.replace('.', ','), en: text };
};

/** Puts a sentence together in both languages; functions are called once per language. */
export const both = (sentence: (lang: keyof Bilingual) => string): Bilingual => ({
  ru: sentence('ru'),
  en: sentence('en'),
});

/** A value as people read it in a sentence: `62 %`, `0,34`, `1,2 с`; a dash for nothing. */
export const valueText = (value: number | null, unit: Unit): Bilingual =>
  value === null ? { ru: '–', en: '–' } : both((lang) => bare(value, unit)[lang] + SUFFIX[unit][lang]);

/** A length of time in the unit that suits it: `148,2 с`, `26,0 мин`, `1,4 ч`. */
export const durationText = (ms: number): Bilingual => {
  const seconds = ms / 1000;
  if (seconds < 180) return valueText(ms, 'ms');
  const [amount, ru, en] = seconds < 3600 ? [seconds / 60, 'мин', 'min'] : [seconds / 3600, 'ч', 'h'];
  const text = amount.toFixed(1);
  return { ru: `${text.replace('.', ',')}\u00a0${ru}`, en: `${text}\u00a0${en}` };
};

/** Value with its interval: `0,34 (95 % интервал 0,10…0,58)`. */
export const figureText = ({ value, low, high }: Figure, unit: Unit): Bilingual => {
  if (value === null || low === null || high === null) return valueText(value, unit);
  const name: Bilingual = { ru: '95\u00a0% интервал', en: '95% interval' };
  return both((lang) => {
    const range = `${bare(low, unit)[lang]}…${bare(high, unit)[lang]}${SUFFIX[unit][lang]}`;
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
