import type { Bilingual } from '../../contracts/bilingual.js';
import type { Judgement } from '../../contracts/judgement.js';
import type { QuestionAnswer } from '../../contracts/questions.js';
import { dayRatios } from '../day-ratios.js';
import { addAggregates, emptyAggregate } from '../me1-aggregate.js';
import { comparedRatio, ratioFigure, type PortraitSums } from '../ratio-figures.js';
import type { Difference } from '../statistics/difference.js';
import { judgeAll } from '../statistics/judge.js';
import { NO_DATA, shown, type QuestionsInput } from './input.js';
import { answerCode, judgedWords } from './judged.js';
import { both, figureText, valueText } from './words.js';

const LABELS = {
  smileExit: { ru: 'Доля улыбнувшихся на выходе', en: 'Share who smiled at the exit' },
  smileEntrance: { ru: 'Доля улыбнувшихся на входе', en: 'Share who smiled at the entrance' },
  smileDifference: { ru: 'Разница долей улыбнувшихся', en: 'Difference in the share who smiled' },
  moodExit: { ru: 'Настроение на выходе', en: 'Mood at the exit' },
  moodEntrance: { ru: 'Настроение на входе', en: 'Mood at the entrance' },
  moodDifference: { ru: 'Разница настроения', en: 'Difference in mood' },
};

/**
 * 4. Is the emotional background at the exit higher than at the entrance? By the share of visitors who smiled, with mood
 * beside it; both verdicts stand together and are corrected together. Crowds and long stays do not count for more.
 */
export const exitOverEntrance = (input: Pick<QuestionsInput, 'aggregates' | 'days' | 'localTime'>): QuestionAnswer => {
  const [exit, entrance] = [pooled(input, 'exit'), pooled(input, 'entrance')];
  const smile = comparedRatio(exit, entrance, 'person');
  const mood = comparedRatio(exit, entrance, 'mood');
  const [ofSmile, ofMood] = judgeAll([smile.question, mood.question]);
  const head = {
    id: 'exit-over-entrance' as const,
    question: {
      ru: 'Эмоциональный фон на выходе выше, чем на входе?',
      en: 'Is the emotional background at the exit higher than at the entrance?',
    },
    table: null,
  };
  if (ofSmile === undefined || ofMood === undefined || smile.difference.p === null)
    return { ...head, verdict: null, judgement: null, answer: NO_DATA, figures: [] };
  const [out, into] = [exit.sums.clusters.ratios, entrance.sums.clusters.ratios];
  return {
    ...head,
    verdict: answerCode(ofSmile),
    judgement: ofSmile,
    answer: sentence(ofSmile, exit, entrance, smile.difference),
    figures: [
      shown('smiling-persons-exit', LABELS.smileExit, 'share', ratioFigure(exit, 'person'), out.person.m),
      shown('smiling-persons-entrance', LABELS.smileEntrance, 'share', ratioFigure(entrance, 'person'), into.person.m),
      shown(
        'smiling-persons-difference',
        LABELS.smileDifference,
        'share',
        smile.difference.figure,
        out.person.m + into.person.m,
        ofSmile,
      ),
      shown('mood-exit', LABELS.moodExit, 'points', ratioFigure(exit, 'mood'), out.mood.m),
      shown('mood-entrance', LABELS.moodEntrance, 'points', ratioFigure(entrance, 'mood'), into.mood.m),
      shown(
        'mood-difference',
        LABELS.moodDifference,
        'points',
        mood.difference.figure,
        out.mood.m + into.mood.m,
        ofMood,
      ),
    ],
  };
};

/** All streams of a role together, pooled over samples and visitors, and by day. */
const pooled = (
  { aggregates, days = [], localTime }: Pick<QuestionsInput, 'aggregates' | 'days' | 'localTime'>,
  role: 'exit' | 'entrance',
): PortraitSums => ({
  sums: aggregates.filter((one) => one.role === role).reduce(addAggregates, emptyAggregate(role, role)),
  days: dayRatios(
    days.filter((one) => one.role === role),
    localTime,
  ),
});

const sentence = (judged: Judgement, exit: PortraitSums, entrance: PortraitSums, { figure }: Difference): Bilingual => {
  const out = valueText(ratioFigure(exit, 'person').value, 'share');
  const into = valueText(ratioFigure(entrance, 'person').value, 'share');
  const gap = figureText(figure, 'share');
  const words = judgedWords(judged);
  return both(
    (lang) =>
      ({
        ru: `${words.ru}: на выходе улыбнулись ${out.ru} посетителей, на входе ${into.ru}, разница ${gap.ru}.`,
        en: `${words.en}: ${out.en} of the visitors smiled at the exit and ${into.en} at the entrance, a difference of ${gap.en}.`,
      })[lang],
  );
};
