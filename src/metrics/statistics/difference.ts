import type { Figure } from '../../contracts/figure.js';
import type { RatioMoments } from '../../contracts/me1.js';
import { effectiveTracks, NOTHING, ratioVariance } from './ratio.js';
import { student975 } from './student.js';

/** R(a) − R(b) of two independent sets of tracks, with Welch's interval on effective tracks. */
export const differenceFigure = (a: RatioMoments, b: RatioMoments): Figure => {
  if (a.x === 0 || b.x === 0) return NOTHING;
  const value = a.y / a.x - b.y / b.x;
  const va = ratioVariance(a);
  const vb = ratioVariance(b);
  if (va === null || vb === null) return { value, low: null, high: null };
  const variance = va + vb;
  const [dfA, dfB] = [effectiveTracks(a) - 1, effectiveTracks(b) - 1];
  const df = variance === 0 ? dfA + dfB : variance ** 2 / (va ** 2 / dfA + vb ** 2 / dfB);
  const half = student975(df) * Math.sqrt(variance);
  return { value, low: value - half, high: value + half };
};

/** `higher` or `lower` where the interval excludes zero, `unproven` where it does not, null where there is none. */
export const verdictOf = ({ low, high }: Figure): 'higher' | 'lower' | 'unproven' | null => {
  if (low === null || high === null) return null;
  if (low > 0) return 'higher';
  return high < 0 ? 'lower' : 'unproven';
};
