import { dayRatios } from '../faces/me1/day-ratios.js';
import { addAggregates, emptyAggregate } from '../faces/me1/me1-aggregate.js';
import { comparedRatio, ratioFigure, type PortraitSums } from '../faces/me1/ratio-figures.js';
import { judgeAll } from '../statistics/judge.js';
import { answerCode, found, type ExitFinding, type QuestionsInput } from './findings.js';

/**
 * 4. Is the emotional background at the exit higher than at the entrance? By the share of visitors who smiled, with mood
 * beside it; both verdicts stand together and are corrected together. Crowds and long stays do not count for more.
 */
export const exitOverEntrance = (input: Pick<QuestionsInput, 'aggregates' | 'days' | 'localTime'>): ExitFinding => {
  const [exit, entrance] = [pooled(input, 'exit'), pooled(input, 'entrance')];
  const smile = comparedRatio(exit, entrance, 'person');
  const mood = comparedRatio(exit, entrance, 'mood');
  const [ofSmile, ofMood] = judgeAll([smile.question, mood.question]);
  const head = { id: 'exit-over-entrance', rows: null } as const;
  if (ofSmile === undefined || ofMood === undefined || smile.difference.p === null)
    return { ...head, told: 'no-data', verdict: null, judgement: null, figures: [] };
  const [out, into] = [exit.sums.clusters.ratios, entrance.sums.clusters.ratios];
  return {
    ...head,
    verdict: answerCode(ofSmile),
    judgement: ofSmile,
    told: {
      judgement: ofSmile,
      exit: ratioFigure(exit, 'person').value,
      entrance: ratioFigure(entrance, 'person').value,
      difference: smile.difference.figure,
    },
    figures: [
      found('smiling-persons-exit', ratioFigure(exit, 'person'), out.person.m),
      found('smiling-persons-entrance', ratioFigure(entrance, 'person'), into.person.m),
      found('smiling-persons-difference', smile.difference.figure, out.person.m + into.person.m, ofSmile),
      found('mood-exit', ratioFigure(exit, 'mood'), out.mood.m),
      found('mood-entrance', ratioFigure(entrance, 'mood'), into.mood.m),
      found('mood-difference', mood.difference.figure, out.mood.m + into.mood.m, ofMood),
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
