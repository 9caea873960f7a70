import type { RatioMoments } from '../../contracts/me1.js';
import type { ValueSums } from '../../contracts/figures/visitor-sums.js';

/** Moments of no track at all. */
export const noMoments = (): RatioMoments => ({ y: 0, x: 0, yy: 0, xy: 0, xx: 0, m: 0 });

/** Moments with one more track, whose totals are y and x; a track without x says nothing. */
export const withTrack = (sums: RatioMoments, y: number, x: number): RatioMoments =>
  x === 0
    ? sums
    : {
        y: sums.y + y,
        x: sums.x + x,
        yy: sums.yy + y * y,
        xy: sums.xy + x * y,
        xx: sums.xx + x * x,
        m: sums.m + 1,
      };

/** Moments of things that are added one by one, of which there may be hundreds of thousands. */
export class MomentSums {
  readonly sums = { y: 0, x: 0, yy: 0, xy: 0, xx: 0, m: 0 } satisfies RatioMoments;

  /** A thing with its totals y and x; one without x says nothing. */
  add(y: number, x: number): void {
    if (x === 0) return;
    const { sums } = this;
    sums.y += y;
    sums.x += x;
    sums.yy += y * y;
    sums.xy += x * y;
    sums.xx += x * x;
    sums.m += 1;
  }
}

/** The moments of things with their totals y and x. */
export const momentsOfAll = (things: Iterable<{ readonly y: number; readonly x: number }>): RatioMoments => {
  const moments = new MomentSums();
  for (const { y, x } of things) moments.add(y, x);
  return moments.sums;
};

/** Moments of two disjoint sets of tracks together. */
export const addMoments = (a: RatioMoments, b: RatioMoments): RatioMoments => ({
  y: a.y + b.y,
  x: a.x + b.x,
  yy: a.yy + b.yy,
  xy: a.xy + b.xy,
  xx: a.xx + b.xx,
  m: a.m + b.m,
});

/** Moments of values that are one per independent unit: visitors, contacts. */
export const momentsOf = (values: readonly number[]): RatioMoments => {
  const sums = { y: 0, x: values.length, yy: 0, xy: 0, xx: values.length, m: values.length };
  for (const value of values) {
    sums.y += value;
    sums.yy += value * value;
  }
  return { ...sums, xy: sums.y };
};

/** The same from the sums of `count` values. */
export const momentsOfSums = (count: number, { sum, squares }: Pick<ValueSums, 'sum' | 'squares'>): RatioMoments => ({
  y: sum,
  x: count,
  yy: squares,
  xy: sum,
  xx: count,
  m: count,
});

/** Number of equally long tracks that would say as much (Kish): (Σx)² ÷ Σx²; a few long visits count for few. */
export const effectiveTracks = ({ x, xx }: RatioMoments): number => (xx === 0 ? 0 : (x * x) / xx);

/** Residual sum Σ(y − Rx)² about R = Σy ÷ Σx; rounding may take it below zero, which is cut. */
const residual = ({ y, x, yy, xy, xx }: RatioMoments): number => {
  const ratio = y / x;
  return Math.max(0, yy - 2 * ratio * xy + ratio * ratio * xx);
};

/** No track is taken to draw the ratio to itself by more than this. */
const MOST_LEVERAGE = 0.5;

/**
 * Part of Σx that a track holds on the average of the residuals, Σx³ ÷ (Σx² · Σx). With lengths that scatter log-normally it
 * is m ÷ (effective tracks)², which needs no third powers; with equal ones 1 ÷ m.
 */
const leverageOf = (moments: RatioMoments): number =>
  Math.min(MOST_LEVERAGE, Math.max(moments.m, 1) / effectiveTracks(moments) ** 2);

/**
 * Cluster-robust variance of R = Σy ÷ Σx: Σ(y − Rx)² ÷ (Σx)² ÷ (1 − leverage)², the sum over tracks being written out in the
 * moments. The last factor is the jackknife's: a long track draws R towards itself, and its residual is too small. null for
 * fewer than two tracks.
 */
export const ratioVariance = (moments: RatioMoments): number | null =>
  moments.m < 2 || effectiveTracks(moments) <= 1
    ? null
    : residual(moments) / (moments.x * (1 - leverageOf(moments))) ** 2;

/** Values of y ÷ x between which a figure of its kind lies for almost every visitor. */
export interface Ends {
  readonly low: number;
  readonly high: number;
}

/** Length Σx² ÷ Σx of the track that a random moment of the period belongs to (Kish). */
export const kishLength = ({ x, xx }: RatioMoments): number => xx / x;

/**
 * Moments with two pseudo-tracks, one at each end, of the tracks' Kish length unless told: what a few visitors cannot have
 * shown yet. Moments of nothing stay as they are.
 */
export const withPseudoTracks = (
  moments: RatioMoments,
  { low, high }: Ends,
  length = kishLength(moments),
): RatioMoments => {
  if (moments.x === 0) return moments;
  return withTrack(withTrack(moments, low * length, length), high * length, length);
};
