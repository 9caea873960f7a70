import type { Bilingual } from '../../contracts/bilingual.js';
import type { Judgement } from '../../contracts/judgement.js';
import type { QuestionAnswer } from '../../contracts/questions.js';
import { both } from './words.js';

const WORDS = {
  higher: { ru: 'Выше', en: 'Higher' },
  lower: { ru: 'Ниже', en: 'Lower' },
  unproven: { ru: 'Различие не доказано', en: 'No difference is proven' },
} as const satisfies Partial<Record<Judgement['code'], Bilingual>>;

const FEW = {
  visitors: { ru: 'Мало посетителей для вывода', en: 'Too few visitors for a verdict' },
  contacts: { ru: 'Мало контактов для вывода', en: 'Too few contacts for a verdict' },
  shifts: { ru: 'Мало смен для вывода', en: 'Too few shifts for a verdict' },
  days: { ru: 'Мало дней для вывода', en: 'Too few days for a verdict' },
} as const;

/** The verdict as the beginning of a sentence: «Выше», «Мало посетителей для вывода (7 из 10)». */
export const judgedWords = ({ code, short }: Judgement): Bilingual => {
  if (short === null) return code === 'too-few' ? WORDS.unproven : WORDS[code];
  const { unit, has, needs } = short;
  return both((lang) => `${FEW[unit][lang]} (${has} ${lang === 'ru' ? 'из' : 'of'} ${needs})`);
};

/** The verdict as the answer to a question that asks whether something is higher. */
export const answerCode = ({ code }: Judgement): NonNullable<QuestionAnswer['verdict']> =>
  code === 'higher' ? 'yes' : code === 'lower' ? 'no' : code;
