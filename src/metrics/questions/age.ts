import { AGE_BUCKETS, type AgeBucket } from '../../contracts/me1.js';
import type { Bilingual } from '../../contracts/bilingual.js';
import type { QuestionAnswer, QuestionFigure } from '../../contracts/questions.js';
import type { CrossTab } from '../../contracts/visitors.js';
import type { Steps } from '../../runtime/turns.js';
import { addedCrossTab } from '../cross-tab/added-cross-tab.js';
import { cellOf } from '../cross-tab/cross-tab.js';
import { ageFigure, countedShare, NOTHING } from '../statistics/ratio.js';
import { visitorTotals } from '../visitor-totals.js';
import { NO_DATA, shown, shownFrom, type QuestionsInput } from './input.js';
import { both, figureText } from './words.js';

const SIDES = ['female', 'male'] as const;
type Side = (typeof SIDES)[number];
const MEAN: Record<Side, Bilingual> = {
  female: { ru: 'Средний возраст женщин', en: 'Mean age of women' },
  male: { ru: 'Средний возраст мужчин', en: 'Mean age of men' },
};
const PART: Record<Side, Bilingual> = {
  female: { ru: 'Доля среди женщин', en: 'Share of women' },
  male: { ru: 'Доля среди мужчин', en: 'Share of men' },
};
const BUCKETS: Record<AgeBucket, Bilingual> = {
  '-20': { ru: 'до 20', en: 'under 20' },
  '20-30': both(() => '20–30'),
  '30-40': both(() => '30–40'),
  '40-50': both(() => '40–50'),
  '50+': { ru: '50 и старше', en: '50 and over' },
};

/** 3. What is the average age of women and men? Per visitor, customers only, minors left out. */
export function* age({ kAnonymity, minorsAge, aged, tables }: QuestionsInput): Steps<QuestionAnswer> {
  const means = SIDES.map((side) => {
    const own = aged.filter(({ gender, role }) => gender === side && role !== 'seller');
    const { moments, days } = visitorTotals(
      own,
      ({ ageYears }) => ageYears,
      ({ aged: known }) => known,
    );
    return shownFrom(kAnonymity, `mean-age-${side}`, MEAN[side], 'years', ageFigure(moments, days), moments.m);
  });
  const known = tables.map((table) => table.filter(({ age: group }) => group !== 'undetermined'));
  const tab = yield* addedCrossTab(known, { kAnonymity, minorsAge });
  return {
    id: 'age',
    question: { ru: 'Каков средний возраст женщин и мужчин?', en: 'What is the average age of women and men?' },
    verdict: null,
    answer: sentence(means),
    figures: means,
    table: {
      title: { ru: 'Распределение по возрасту', en: 'Distribution of age' },
      rows: AGE_BUCKETS.map((bucket) => ({
        key: bucket,
        label: BUCKETS[bucket],
        figures: SIDES.map((side) => partOf(tab, side, bucket)),
      })),
    },
  };
}

/** Share of a bucket among one gender; hidden where the cross-tab hides the bucket or the gender. */
const partOf = (tab: CrossTab, side: Side, bucket: AgeBucket): QuestionFigure => {
  const here = cellOf(tab, { gender: side, age: bucket }).visitors;
  const all = cellOf(tab, { gender: side }).visitors;
  const hidden = here === null || all === null || all === 0;
  return shown(`${side}-share`, PART[side], 'share', hidden ? NOTHING : countedShare(here, all), hidden ? null : here);
};

const sentence = ([women, men]: readonly QuestionFigure[]): Bilingual => {
  const text = (figure: QuestionFigure | undefined): Bilingual | null =>
    figure === undefined || figure.basis === null ? null : figureText(figure.figure, 'years');
  const [female, male] = [text(women), text(men)];
  if (female !== null && male !== null) {
    return {
      ru: `Средний возраст женщин ${female.ru}, мужчин ${male.ru} лет по видимой внешности.`,
      en: `By appearance, women are ${female.en} and men ${male.en} years old on average.`,
    };
  }
  if (female !== null) {
    return {
      ru: `Средний возраст женщин ${female.ru} лет по видимой внешности; мужчин слишком мало.`,
      en: `By appearance, women are ${female.en} years old on average; there are too few men.`,
    };
  }
  if (male === null) return NO_DATA;
  return {
    ru: `Средний возраст мужчин ${male.ru} лет по видимой внешности; женщин слишком мало.`,
    en: `By appearance, men are ${male.en} years old on average; there are too few women.`,
  };
};
