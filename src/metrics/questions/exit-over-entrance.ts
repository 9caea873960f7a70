import type { Bilingual } from '../../contracts/bilingual.js';
import type { Figure } from '../../contracts/figure.js';
import type { Me1Aggregate, RatioMoments } from '../../contracts/me1.js';
import type { QuestionAnswer } from '../../contracts/questions.js';
import { addAggregates, emptyAggregate } from '../me1-aggregate.js';
import { differenceFigure, verdictOf } from '../statistics/difference.js';
import { MOOD } from '../statistics/ends.js';
import { meanFigure, shareFigure } from '../statistics/ratio.js';
import { NO_DATA, shown, type QuestionsInput } from './input.js';
import { figureText, valueText } from './words.js';

const LABELS = {
  smileExit: { ru: 'Smile-Index на выходе', en: 'Smile-Index at the exit' },
  smileEntrance: { ru: 'Smile-Index на входе', en: 'Smile-Index at the entrance' },
  smileDifference: { ru: 'Разница Smile-Index', en: 'Difference in Smile-Index' },
  moodExit: { ru: 'Настроение на выходе', en: 'Mood at the exit' },
  moodEntrance: { ru: 'Настроение на входе', en: 'Mood at the entrance' },
  moodDifference: { ru: 'Разница настроения', en: 'Difference in mood' },
};
const moodFigure = (moments: RatioMoments): Figure => meanFigure(moments, MOOD);

const VERDICTS = {
  higher: { verdict: 'yes', words: { ru: 'Выше', en: 'Higher' } },
  lower: { verdict: 'no', words: { ru: 'Ниже', en: 'Lower' } },
  unproven: { verdict: 'unproven', words: { ru: 'Различие не доказано', en: 'No difference is proven' } },
} as const;

/** 4. Is the emotional background at the exit higher than at the entrance? By Smile-Index, with mood beside it. */
export const exitOverEntrance = ({ aggregates }: QuestionsInput): QuestionAnswer => {
  const exit = pooled(aggregates, 'exit');
  const entrance = pooled(aggregates, 'entrance');
  const smile = differenceFigure(exit.clusters.ratios.person, entrance.clusters.ratios.person);
  const mood = differenceFigure(exit.clusters.ratios.mood, entrance.clusters.ratios.mood, MOOD);
  const judged = verdictOf(smile);
  const side = (of: Me1Aggregate, figure: (moments: RatioMoments) => Figure, name: 'person' | 'mood'): Figure =>
    figure(of.clusters.ratios[name]);
  const visitors = exit.clusters.tracks + entrance.clusters.tracks;
  return {
    id: 'exit-over-entrance',
    question: {
      ru: 'Эмоциональный фон на выходе выше, чем на входе?',
      en: 'Is the emotional background at the exit higher than at the entrance?',
    },
    verdict: judged === null ? null : VERDICTS[judged].verdict,
    answer: judged === null ? NO_DATA : sentence(VERDICTS[judged].words, exit, entrance, smile),
    figures:
      judged === null
        ? []
        : [
            shown(
              'smile-index-exit',
              LABELS.smileExit,
              'rate',
              side(exit, shareFigure, 'person'),
              exit.clusters.tracks,
            ),
            shown(
              'smile-index-entrance',
              LABELS.smileEntrance,
              'rate',
              side(entrance, shareFigure, 'person'),
              entrance.clusters.tracks,
            ),
            shown('smile-index-difference', LABELS.smileDifference, 'rate', smile, visitors),
            shown('mood-exit', LABELS.moodExit, 'points', side(exit, moodFigure, 'mood'), exit.clusters.tracks),
            shown(
              'mood-entrance',
              LABELS.moodEntrance,
              'points',
              side(entrance, moodFigure, 'mood'),
              entrance.clusters.tracks,
            ),
            shown('mood-difference', LABELS.moodDifference, 'points', mood, visitors),
          ],
    table: null,
  };
};

/** All streams of a role together, pooled over samples and frames. */
const pooled = (aggregates: readonly Me1Aggregate[], role: 'exit' | 'entrance'): Me1Aggregate =>
  aggregates.filter((one) => one.role === role).reduce(addAggregates, emptyAggregate(role, role));

const sentence = (words: Bilingual, exit: Me1Aggregate, entrance: Me1Aggregate, difference: Figure): Bilingual => {
  const out = valueText(shareFigure(exit.clusters.ratios.person).value, 'rate');
  const into = valueText(shareFigure(entrance.clusters.ratios.person).value, 'rate');
  const gap = figureText(difference, 'rate');
  return {
    ru: `${words.ru}: Smile-Index на выходе ${out.ru}, на входе ${into.ru}, разница ${gap.ru}.`,
    en: `${words.en}: the Smile-Index is ${out.en} at the exit and ${into.en} at the entrance, a difference of ${gap.en}.`,
  };
};
