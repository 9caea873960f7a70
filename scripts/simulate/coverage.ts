import { seededRandom } from '../../src/metrics/statistics/random.js';
import type { SimulatedFigure } from './figures.js';

/** Units drawn for one figure. */
export const SIZES = [5, 10, 20, 50, 200] as const;

export interface Cell {
  readonly figure: string;
  readonly n: number;
  /** Share of the replications whose interval holds the truth. */
  readonly coverage: number;
}

/** How often the intervals of a figure of `n` units hold the truth. */
export const coverageOf = (figure: SimulatedFigure, n: number, replications: number, seed: number): Cell => {
  const random = seededRandom(seed);
  let held = 0;
  for (let i = 0; i < replications; i += 1) {
    const { low, high } = figure.measure(random, n);
    if (low !== null && high !== null && low <= figure.truth && figure.truth <= high) held += 1;
  }
  return { figure: figure.name, n, coverage: held / replications };
};
