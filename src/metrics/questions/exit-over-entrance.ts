import type { Bilingual } from '../../contracts/bilingual.js';
import type { Judgement } from '../../contracts/judgement.js';
import type { Me1Aggregate } from '../../contracts/me1.js';
import type { QuestionAnswer } from '../../contracts/questions.js';
import { addAggregates, emptyAggregate } from '../me1-aggregate.js';
import { differenceOf, type Difference } from '../statistics/difference.js';
import { MOOD, SHARE } from '../statistics/ends.js';
import { judgeAll } from '../statistics/judge.js';
import { meanFigure, shareFigure } from '../statistics/ratio.js';
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
export const exitOverEntrance = ({ aggregates }: QuestionsInput): QuestionAnswer => {
  const exit = pooled(aggregates, 'exit');
  const entrance = pooled(aggregates, 'entrance');
  const smile = difference(exit, entrance, 'person');
  const mood = difference(exit, entrance, 'mood');
  const [ofSmile, ofMood] = judgeAll(
    [smile, mood].map(({ difference: { figure, p }, n, against }) => ({
      test: 'welch',
      n,
      against,
      p,
      direction: figure.value ?? 0,
    })),
  );
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
  const [out, into] = [exit.clusters.ratios, entrance.clusters.ratios];
  return {
    ...head,
    verdict: answerCode(ofSmile),
    judgement: ofSmile,
    answer: sentence(ofSmile, exit, entrance, smile.difference),
    figures: [
      shown('smiling-persons-exit', LABELS.smileExit, 'share', shareFigure(out.person), out.person.m),
      shown('smiling-persons-entrance', LABELS.smileEntrance, 'share', shareFigure(into.person), into.person.m),
      shown(
        'smiling-persons-difference',
        LABELS.smileDifference,
        'share',
        smile.difference.figure,
        out.person.m + into.person.m,
        ofSmile,
      ),
      shown('mood-exit', LABELS.moodExit, 'points', meanFigure(out.mood, MOOD), out.mood.m),
      shown('mood-entrance', LABELS.moodEntrance, 'points', meanFigure(into.mood, MOOD), into.mood.m),
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

/** All streams of a role together, pooled over samples and visitors. */
const pooled = (aggregates: readonly Me1Aggregate[], role: 'exit' | 'entrance'): Me1Aggregate =>
  aggregates.filter((one) => one.role === role).reduce(addAggregates, emptyAggregate(role, role));

const difference = (exit: Me1Aggregate, entrance: Me1Aggregate, name: 'person' | 'mood') => {
  const [a, b] = [exit.clusters.ratios[name], entrance.clusters.ratios[name]];
  return {
    difference: differenceOf({ moments: a }, { moments: b }, name === 'mood' ? MOOD : SHARE),
    n: a.m,
    against: b.m,
  };
};

const sentence = (judged: Judgement, exit: Me1Aggregate, entrance: Me1Aggregate, { figure }: Difference): Bilingual => {
  const out = valueText(shareFigure(exit.clusters.ratios.person).value, 'share');
  const into = valueText(shareFigure(entrance.clusters.ratios.person).value, 'share');
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
