import type { Figure } from '../../contracts/figure.js';
import type { Periods } from './estimate.js';
import { momentsOf } from './moments.js';
import { skewedFigure } from './ratio.js';

/** Of a few visitors nobody may have stayed; what one who stays is taken to stay at least, ms. */
const LEAST_STAY_MS = 120_000;
/** Dwells and looks are measured between frames of a few per second, ms. */
export const LENGTH_RESOLUTION_MS = 100;
/** The same of attention. */
const LEAST_ATTENTION_MS = 20_000;

const largest = (values: readonly number[]): number => values.reduce((most, value) => Math.max(most, value), 0);

/** Mean dwell in ms. The upper pseudo-visitor stays twice as long as the longest, and two minutes at the least. */
export const dwellFigure = (dwellsMs: readonly number[], periods?: Periods): Figure =>
  skewedFigure(momentsOf(dwellsMs), { low: 0, high: Math.max(2 * largest(dwellsMs), LEAST_STAY_MS) }, periods);

/** Mean attention time in ms. The upper pseudo-visitor looks twice as long as anybody, or for a typical stay. */
export const attentionFigure = (
  visits: readonly { readonly attentionMs: number; readonly dwellMs: number }[],
  periods?: Periods,
): Figure => {
  const looks = visits.map(({ attentionMs }) => attentionMs);
  const stays = momentsOf(visits.map(({ dwellMs }) => dwellMs));
  // Weighed by itself, as a moment of the day is: the stay that somebody in view just then has.
  const typicalStay = stays.y === 0 ? 0 : stays.yy / stays.y;
  const high = Math.max(2 * largest(looks), typicalStay, LEAST_ATTENTION_MS);
  return skewedFigure(momentsOf(looks), { low: 0, high }, periods);
};

/** Mean number of glances. The upper pseudo-visitor glances half as often again as anybody, and three times at the least. */
export const glancesFigure = (glances: readonly number[], periods?: Periods): Figure =>
  skewedFigure(momentsOf(glances), { low: 0, high: Math.max(1.5 * largest(glances), 3) }, periods);
