import type { Bilingual } from '../../contracts/bilingual.js';
import type { Language } from '../../contracts/language.js';
import { plural } from '../../report/figure-text.js';

interface UnitWords {
  /** One, few (2–4), many. */
  readonly ru: readonly [string, string, string];
  readonly en: readonly [string, string];
}

const UNITS: Readonly<Record<string, UnitWords>> = {
  ms: { ru: ['миллисекунда', 'миллисекунды', 'миллисекунд'], en: ['millisecond', 'milliseconds'] },
  s: { ru: ['секунда', 'секунды', 'секунд'], en: ['second', 'seconds'] },
  m: { ru: ['минута', 'минуты', 'минут'], en: ['minute', 'minutes'] },
  h: { ru: ['час', 'часа', 'часов'], en: ['hour', 'hours'] },
  d: { ru: ['день', 'дня', 'дней'], en: ['day', 'days'] },
  y: { ru: ['год', 'года', 'лет'], en: ['year', 'years'] },
};

const WHILE_RUNNING: Bilingual = { ru: 'пока работает программа', en: 'while the program runs' };

/** A configured duration in words: 30d → «30 дней», 5y → “5 years”; null → while the program runs. */
export const durationWords = (duration: string | null, lang: Language): string => {
  if (duration === null) return WHILE_RUNNING[lang];
  const [, digits = '', unit = ''] = /^(\d+)(ms|s|m|h|d|y)$/.exec(duration) ?? [];
  const words = UNITS[unit];
  if (words === undefined) return duration;
  const count = Number(digits);
  if (lang === 'en') return `${count} ${words.en[count === 1 ? 0 : 1]}`;
  return `${count} ${plural(count, ...words.ru)}`;
};
