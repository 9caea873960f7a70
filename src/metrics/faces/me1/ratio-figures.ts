import { EMOTIONS, type Emotion } from '../../../contracts/emotion.js';
import type { Figure } from '../../../contracts/figure.js';
import type { Me1Aggregate, RatioMoments, RatioName } from '../../../contracts/me1.js';
import type { DayRatios } from './day-ratios.js';
import { differenceOf, type Difference, type Side } from '../../statistics/difference.js';
import { emotionEnds, MOOD, SHARE } from '../../statistics/ends.js';
import type { Question } from '../../statistics/judge.js';
import type { Ends } from '../../statistics/moments.js';
import { expressionFigure, meanFigure, NOTHING, rateFigure, shareFigure } from '../../statistics/ratio.js';

/** The sums of a row of МЭ-1, with the visitor as the unit and with the day. */
export interface PortraitSums {
  readonly sums: Me1Aggregate;
  readonly days: DayRatios;
}

/** Ratios that are compared: `frame` may pass 1 and is not. */
export type ComparedRatio = Exclude<RatioName, 'frame'>;

const isEmotion = (name: RatioName): name is Emotion => EMOTIONS.some((emotion) => emotion === name);

const momentsOf = ({ sums }: PortraitSums, name: RatioName): RatioMoments => sums.clusters.ratios[name];

const sideOf = (portrait: PortraitSums, name: RatioName): Side => ({
  moments: momentsOf(portrait, name),
  periods: portrait.days[name],
});

const endsOf = (name: ComparedRatio): Ends => {
  if (name === 'mood') return MOOD;
  return isEmotion(name) ? emotionEnds(name) : SHARE;
};

/** A ratio of a row with its interval: a share 0–1, a rate, or points of a 0–100 scale. */
export const ratioFigure = (portrait: PortraitSums, name: RatioName): Figure => {
  const [moments, days] = [momentsOf(portrait, name), portrait.days[name]];
  if (name === 'frame') return rateFigure(moments, days);
  if (name === 'mood') return meanFigure(moments, MOOD, days);
  return isEmotion(name) ? expressionFigure(name, moments, days) : shareFigure(moments, days);
};

/** The value of a report's sums inside the interval of its tracks' moments. */
export const centred = (value: number | null, figure: Figure): Figure => {
  if (value === null) return NOTHING;
  // Moments from rollups may rest on whole tracks; the interval then moves with the exact value.
  const shift = figure.value === null ? 0 : value - figure.value;
  return {
    value,
    low: figure.low === null ? null : Math.min(value, figure.low + shift),
    high: figure.high === null ? null : Math.max(value, figure.high + shift),
  };
};

/** One ratio of two rows: the difference a − b, and what it is to be judged by. */
export const comparedRatio = (
  a: PortraitSums,
  b: PortraitSums,
  name: ComparedRatio,
): { readonly difference: Difference; readonly question: Question } => {
  const difference = differenceOf(sideOf(a, name), sideOf(b, name), endsOf(name));
  const question: Question = {
    test: 'welch',
    n: momentsOf(a, name).m,
    against: momentsOf(b, name).m,
    p: difference.p,
    direction: difference.figure.value ?? 0,
  };
  return { difference, question };
};
