import type { Figure } from '../../contracts/figure.js';
import type { RatioMoments } from '../../contracts/me1.js';
import { student975 } from './student.js';

/** A figure of which nothing is known. */
export const NOTHING: Figure = { value: null, low: null, high: null };

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

/** Moments of two disjoint sets of tracks together. */
export const addMoments = (a: RatioMoments, b: RatioMoments): RatioMoments => ({
  y: a.y + b.y,
  x: a.x + b.x,
  yy: a.yy + b.yy,
  xy: a.xy + b.xy,
  xx: a.xx + b.xx,
  m: a.m + b.m,
});

/** Number of equally long tracks that would say as much (Kish): (Σx)² ÷ Σx²; a few long visits count for few. */
export const effectiveTracks = ({ x, xx }: RatioMoments): number => (xx === 0 ? 0 : (x * x) / xx);

/**
 * Cluster-robust variance of R = Σy ÷ Σx: m/(m−1) · Σ(y − Rx)² ÷ (Σx)² with m effective tracks, the sum over tracks
 * being written out in the moments. null for fewer than two tracks.
 */
export const ratioVariance = (moments: RatioMoments): number | null => {
  const { y, x, yy, xy, xx, m } = moments;
  const effective = effectiveTracks(moments);
  if (m < 2 || effective <= 1) return null;
  const ratio = y / x;
  const residual = Math.max(0, yy - 2 * ratio * xy + ratio * ratio * xx);
  return ((effective / (effective - 1)) * residual) / (x * x);
};

/** Student's quantile on the effective tracks less one. */
const quantileOf = (moments: RatioMoments): number => student975(effectiveTracks(moments) - 1);

/** A mean (of an emotion, of mood) with Student's interval. */
export const meanFigure = (moments: RatioMoments): Figure => {
  if (moments.x === 0) return NOTHING;
  const value = moments.y / moments.x;
  const variance = ratioVariance(moments);
  if (variance === null) return { value, low: null, high: null };
  const half = quantileOf(moments) * Math.sqrt(variance);
  return { value, low: value - half, high: value + half };
};

/**
 * A share 0–1 with Wilson's interval on the effective sample size p(1−p) ÷ variance, which is what keeps it honest near
 * 0 and 1; where no track differs, each effective track counts as one observation.
 */
export const shareFigure = (moments: RatioMoments): Figure => {
  if (moments.x === 0) return NOTHING;
  const value = moments.y / moments.x;
  const variance = ratioVariance(moments);
  if (variance === null) return { value, low: null, high: null };
  const size = variance > 0 ? (value * (1 - value)) / variance : effectiveTracks(moments);
  return { value, ...wilson(value, size, quantileOf(moments)) };
};

/** Wilson's score interval of a share `p` seen in `size` independent observations, at `z` standard errors. */
export const wilson = (p: number, size: number, z: number): { low: number; high: number } => {
  const shrink = 1 + (z * z) / size;
  const centre = (p + (z * z) / (2 * size)) / shrink;
  const half = (z / shrink) * Math.sqrt((p * (1 - p)) / size + (z * z) / (4 * size * size));
  // The last bits of a share of 0 or 1 must not lie on the wrong side of it.
  return { low: Math.min(p, Math.max(0, centre - half)), high: Math.max(p, Math.min(1, centre + half)) };
};

/**
 * Score interval of a rate ≥ 0 whose variance grows with it, as a count's does: the rates r with (value − r)² at most
 * t² · variance · r ÷ value. Never below zero.
 */
const countedRateFigure = (value: number, squaredHalf: number): Figure => {
  const k = squaredHalf / value;
  const half = Math.sqrt(k * value + (k * k) / 4);
  return { value, low: value + k / 2 - half, high: value + k / 2 + half };
};

/**
 * A rate ≥ 0 that may pass 1 (smiles per frame with faces: a frame can hold several). Below one half it is scattered as a
 * share is, more widely upwards, and gets Wilson's interval; from there on Student's, and that of a count where so few
 * visitors are known that Student's would reach below zero.
 */
export const rateFigure = (moments: RatioMoments): Figure => {
  if (moments.y < moments.x / 2) return shareFigure(moments);
  const figure = meanFigure(moments);
  const { value, low, high } = figure;
  return value === null || low === null || high === null || low >= 0
    ? figure
    : countedRateFigure(value, (high - value) ** 2);
};

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

/** Moments of values that are one per independent unit: visitors, contacts. */
export const momentsOf = (values: readonly number[]): RatioMoments =>
  values.reduce((sums, value) => withTrack(sums, value, 1), noMoments());
