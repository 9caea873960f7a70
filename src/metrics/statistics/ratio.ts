import type { Figure } from '../../contracts/figure.js';
import type { RatioMoments } from '../../contracts/me1.js';
import type { Emotion } from '../../contracts/emotion.js';
import { emotionEnds, INDEX, PERCENT, SHARE } from './ends.js';
import { estimateOf, figureOf, halfWidthOfSeen, type Periods } from './estimate.js';
import type { Ends } from './moments.js';

export { addMoments, effectiveTracks, momentsOf, noMoments, ratioVariance, withTrack } from './moments.js';

/** A figure of which nothing is known. */
export const NOTHING: Figure = { value: null, low: null, high: null };

/** A share 0–1 of what visitors, days (`periods`) or shifts show. */
export const shareFigure = (moments: RatioMoments, periods?: Periods): Figure =>
  figureOf(estimateOf(moments, SHARE, periods), SHARE);

/** `part` of `whole` independent cases as a share. */
export const countedShare = (part: number, whole: number, periods?: Periods): Figure =>
  shareFigure({ y: part, x: whole, yy: part, xy: part, xx: whole, m: whole }, periods);

/** A mean of what is 1, 0 or −1 for each of independent cases; −1…1. */
export const indexFigure = (moments: RatioMoments, periods?: Periods): Figure =>
  figureOf(estimateOf(moments, INDEX, periods), INDEX);

/** Smiles in every frame of the upper pseudo-visitor: what stands in a view may all smile at once. */
const CROWD = 3;

/** A rate ≥ 0 that may pass 1 (smiles per frame with faces: a frame can hold several). */
export const rateFigure = (moments: RatioMoments, periods?: Periods): Figure => {
  const most = moments.x === 0 ? CROWD : Math.max(CROWD, (3 * moments.y) / moments.x);
  return figureOf(estimateOf(moments, { low: 0, high: most }, periods), { low: 0, high: Infinity });
};

/** A mean whose values scatter to both sides alike: mood, age, C-Value. */
export const meanFigure = (moments: RatioMoments, ends: Ends = PERCENT, periods?: Periods): Figure =>
  figureOf(estimateOf(moments, ends, periods));

/** Years to either side of the mean age at which the two pseudo-visitors stand. */
const AGE_SPREAD = 20;

/** Mean age in years, of the ages' moments. */
export const ageFigure = (moments: RatioMoments, periods?: Periods): Figure => {
  const mean = moments.x === 0 ? 0 : moments.y / moments.x;
  return meanFigure(moments, { low: mean - AGE_SPREAD, high: mean + AGE_SPREAD }, periods);
};

/**
 * A mean ≥ 0 of values that are small for most and large for a few: faint expressions, lengths of time. Upwards the interval
 * is that of the visitors with a pseudo-track at `ends.high`; downwards Student's on the log scale of the mean, which cannot
 * reach zero. From the middle of the ends on there is nothing skewed, and both ways the pseudo-tracks count.
 */
export const skewedFigure = (moments: RatioMoments, ends: Ends, periods?: Periods): Figure => {
  const estimate = estimateOf(moments, ends, periods);
  const figure = figureOf(estimate, { low: 0, high: Infinity });
  const { value } = figure;
  if (estimate === null || value === null || value >= (ends.low + ends.high) / 2) return figure;
  return { ...figure, low: lowOnLogScale(value, moments, periods) };
};

const lowOnLogScale = (value: number, moments: RatioMoments, periods?: Periods): number => {
  const half = halfWidthOfSeen(moments, periods);
  return value > 0 && half !== null ? value * Math.exp(-half / value) : 0;
};

/** The mean of one expression. */
export const expressionFigure = (emotion: Emotion, moments: RatioMoments, periods?: Periods): Figure =>
  skewedFigure(moments, emotionEnds(emotion), periods);

/** The figure times a factor: shares to percent, mean Happiness to a level. */
export const scaled = ({ value, low, high }: Figure, factor: number): Figure => ({
  value: value === null ? null : value * factor,
  low: low === null ? null : low * factor,
  high: high === null ? null : high * factor,
});

/** 1 − share: the other gender. */
export const complement = ({ value, low, high }: Figure): Figure => ({
  value: value === null ? null : 1 - value,
  low: high === null ? null : 1 - high,
  high: low === null ? null : 1 - low,
});
