import type { Bilingual } from '../contracts/bilingual.js';
import type { Figure, Unit } from '../contracts/figure.js';
import type { Language } from '../contracts/language.js';
import { formatInterval, formatNumber } from './number-format.js';

interface UnitFormat {
  readonly digits: number;
  /** After a printed figure. */
  readonly suffix: Bilingual;
  readonly signed?: boolean;
  /** Printed value = value × scale; absent: as it is. */
  readonly scale?: number;
}

/** How a figure of each unit is printed in a sentence. */
const UNIT_FORMATS: Readonly<Record<Unit, UnitFormat>> = {
  share: { digits: 0, suffix: { ru: '\u00a0%', en: '%' }, scale: 100 },
  percent: { digits: 1, suffix: { ru: '\u00a0%', en: '%' } },
  points: { digits: 1, suffix: { ru: '', en: '' } },
  index: { digits: 2, suffix: { ru: '', en: '' }, signed: true },
  years: { digits: 1, suffix: { ru: '\u00a0года', en: '\u00a0years' } },
  ms: { digits: 1, suffix: { ru: '\u00a0с', en: '\u00a0s' }, scale: 0.001 },
  count: { digits: 0, suffix: { ru: '', en: '' } },
  rate: { digits: 2, suffix: { ru: '', en: '' } },
};

/** A unit as a word of its own, for a list in which figures of many units stand together, unscaled. */
export const UNIT_WORDS: Readonly<Record<Unit, Bilingual>> = {
  share: { ru: 'доля', en: 'share' },
  percent: { ru: '%', en: '%' },
  points: { ru: 'пункты', en: 'points' },
  index: { ru: 'индекс', en: 'index' },
  years: { ru: 'годы', en: 'years' },
  ms: { ru: 'мс', en: 'ms' },
  count: { ru: 'число', en: 'count' },
  rate: { ru: 'отношение', en: 'ratio' },
};

/** Digits of an unscaled figure of that list. */
export const exactDigits = (unit: Unit): number =>
  Math.max(0, UNIT_FORMATS[unit].digits + Math.round(Math.log10(UNIT_FORMATS[unit].scale ?? 1)));

/** «0,44 (0,41–0,52)», with the unit. */
export const formatFigure = (figure: Figure, unit: Unit, lang: Language): string => {
  const { digits, suffix, signed = false, scale = 1 } = UNIT_FORMATS[unit];
  const scaled = (value: number | null): number | null => (value === null ? null : value * scale);
  const value = formatNumber(scaled(figure.value), digits, lang, signed);
  if (figure.value === null) return value;
  const interval = formatInterval(scaled(figure.low), scaled(figure.high), digits, lang);
  return interval === '' ? `${value}${suffix[lang]}` : `${value}${suffix[lang]} (${interval})`;
};

/** Digits and printed scale of a unit, for table columns. */
export const unitFormat = (unit: Unit): UnitFormat => UNIT_FORMATS[unit];

/** Unit after a column's heading: «, с». */
export const unitHeading = (unit: Unit, lang: Language): string => {
  const words: Partial<Record<Unit, Bilingual>> = {
    share: { ru: ', %', en: ', %' },
    percent: { ru: ', %', en: ', %' },
    years: { ru: ', лет', en: ', years' },
    ms: { ru: ', с', en: ', s' },
  };
  return words[unit]?.[lang] ?? '';
};
