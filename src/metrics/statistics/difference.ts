import type { Figure } from '../../contracts/figure.js';
import type { RatioMoments } from '../../contracts/me1.js';
import { SHARE } from './ends.js';
import { estimateOf, figureOf, type Estimate, type Periods } from './estimate.js';
import type { Ends } from './moments.js';
import { NOTHING } from './ratio.js';
import { studentP } from './student.js';

/** One side of a comparison: the sums over its visitors, and over its days where there are several. */
export interface Side {
  readonly moments: RatioMoments;
  readonly periods?: Periods | undefined;
}

export interface Difference {
  readonly figure: Figure;
  /** Two-sided, of Welch's test; null where one side has nothing. */
  readonly p: number | null;
}

/** R(a) − R(b) of two independent sets of visitors: Welch's interval and test on both estimates with their pseudo-tracks. */
export const differenceOf = (a: Side, b: Side, ends: Ends = SHARE): Difference => {
  const ofA = estimateOf(a.moments, ends, a.periods);
  const ofB = estimateOf(b.moments, ends, b.periods);
  if (ofA === null || ofB === null) return { figure: NOTHING, p: null };
  const estimate = welch(ofA, ofB);
  const span = ends.high - ends.low;
  const figure = figureOf(estimate, { low: -span, high: span });
  return { figure, p: studentP(estimate.centre / Math.sqrt(estimate.variance), estimate.df) };
};

const welch = (a: Estimate, b: Estimate): Estimate => {
  const variance = a.variance + b.variance;
  return {
    value: a.value - b.value,
    centre: a.centre - b.centre,
    variance,
    df: variance ** 2 / (a.variance ** 2 / a.df + b.variance ** 2 / b.df),
  };
};

/** R − `value` and its two-sided p by Student's test on the estimate. */
export const differenceFrom = (value: number, side: Side, ends: Ends = SHARE): Difference => {
  const estimate = estimateOf(side.moments, ends, side.periods);
  if (estimate === null) return { figure: NOTHING, p: null };
  const apart = { ...estimate, value: estimate.value - value, centre: estimate.centre - value };
  return { figure: figureOf(apart), p: studentP(apart.centre / Math.sqrt(apart.variance), apart.df) };
};

/** The interval alone. */
export const differenceFigure = (a: RatioMoments, b: RatioMoments, ends: Ends = SHARE): Figure =>
  differenceOf({ moments: a }, { moments: b }, ends).figure;
