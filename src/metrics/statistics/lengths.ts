import type { Figure } from '../../contracts/figure.js';
import type { RatioMoments } from '../../contracts/me1.js';
import type { Periods } from './estimate.js';
import { skewedFigure } from './ratio.js';

/** Of a few visitors nobody may have stayed; what one who stays is taken to stay at least, ms. */
const LEAST_STAY_MS = 120_000;
/** Dwells and looks are measured between frames of a few per second, ms. */
export const LENGTH_RESOLUTION_MS = 100;
/** The same of attention. */
const LEAST_ATTENTION_MS = 20_000;

/** The sums of a value of visitors, by visitor and by day, and the largest. */
interface Totals {
  readonly moments: RatioMoments;
  readonly days?: Periods;
  readonly most: number;
}

/** Mean dwell in ms. The upper pseudo-visitor stays twice as long as the longest, and two minutes at the least. */
export const dwellFigure = ({ moments, most, days }: Totals): Figure =>
  skewedFigure(moments, { low: 0, high: Math.max(2 * most, LEAST_STAY_MS) }, days);

/** Mean attention time in ms. The upper pseudo-visitor looks twice as long as anybody, or for a typical stay. */
export const attentionFigure = ({ moments, most, days }: Totals, dwells: RatioMoments): Figure => {
  // Weighed by itself, as a moment of the day is: the stay that somebody in view just then has.
  const typicalStay = dwells.y === 0 ? 0 : dwells.yy / dwells.y;
  return skewedFigure(moments, { low: 0, high: Math.max(2 * most, typicalStay, LEAST_ATTENTION_MS) }, days);
};

/** Mean number of glances. The upper pseudo-visitor glances half as often again as anybody, and three times at the least. */
export const glancesFigure = ({ moments, most, days }: Totals): Figure =>
  skewedFigure(moments, { low: 0, high: Math.max(1.5 * most, 3) }, days);
