import type { Bilingual } from '../bilingual.js';
import type { Compared } from './comparison.js';
import type { Judgement } from './figure-schema.js';
import { EMOTION_WORDS, FIGURE_WORDS } from '../words.js';

/** What each compared figure is called. */
export const COMPARED_WORDS: Readonly<Record<Compared, Bilingual>> = {
  smilingPersons: { ru: 'Доля улыбнувшихся', en: 'Visitors who smiled' },
  smileIndex: { ru: 'Smile-Index', en: 'Smile-Index' },
  mood: FIGURE_WORDS.mood,
  ...EMOTION_WORDS,
  male: { ru: 'Мужчины, %', en: 'Men, %' },
  utilization: { ru: `${FIGURE_WORDS.utilization.ru}, %`, en: `${FIGURE_WORDS.utilization.en}, %` },
  visitors: FIGURE_WORDS.visitors,
  samples: FIGURE_WORDS.samples,
};

/** What a comparison ends in. */
export const VERDICT_WORDS: Readonly<Record<Judgement['code'], Bilingual>> = {
  higher: { ru: 'выше', en: 'higher' },
  lower: { ru: 'ниже', en: 'lower' },
  unproven: { ru: 'различие не доказано', en: 'no difference shown' },
  'too-few': { ru: 'мало посетителей для вывода', en: 'too few visitors for a verdict' },
};

/** Headings and sentences of the comparison, on its page and in its files. */
export const COMPARISON_WORDS = {
  title: { ru: 'Сравнение двух периодов', en: 'Comparison of two periods' },
  a: { ru: 'Период А', en: 'Period A' },
  b: { ru: 'Период Б', en: 'Period B' },
  figure: { ru: 'Показатель', en: 'Figure' },
  difference: { ru: 'Разность Б − А', en: 'Difference B − A' },
  verdict: { ru: 'Вывод', en: 'Verdict' },
  chart: { ru: 'Доля улыбнувшихся от начала периода', en: 'Visitors who smiled, from the start of the period' },
  unlike: {
    ru: 'Сравнивать нечего: в одном периоде только посетители, в другом только продавцы',
    en: 'Nothing to compare: one period has visitors alone, the other sellers alone',
  },
  note: {
    ru: 'Вывод — критерий Уэлча по посетителям (от пяти дней — по дням), не меньше десяти посетителей с каждой стороны; выводы таблицы проверены вместе (Бенджамини — Хохберг). Судят по людям: под каждым выводом доля улыбнувшихся, а не отметки.',
    en: 'A verdict is Welch’s test over visitors (from five days on, over days), with ten visitors or more on each side; the verdicts of the table are tested together (Benjamini–Hochberg). People are judged: under every verdict stands the share who smiled, not samples.',
  },
} as const satisfies Readonly<Record<string, Bilingual>>;
