import { seededRandom } from '../../src/metrics/statistics/random.js';
import { contactFigures } from './contact-figures.js';
import { coverageOf, SIZES, type Cell } from './coverage.js';
import { dayFigures } from './days.js';
import { differenceFigures } from './differences.js';
import { visitorFigures } from './figures.js';
import { falseVerdictsOf, nullCases, type FalseVerdicts } from './verdicts.js';

export interface Simulation {
  readonly cells: readonly Cell[];
  readonly falseVerdicts: readonly FalseVerdicts[];
}

/** Coverage of every figure at every size, and false verdicts of every case. */
export const simulate = (replications: number, seed: number): Simulation => {
  const random = seededRandom(seed);
  const figures = [
    ...visitorFigures(random),
    ...contactFigures(random),
    ...differenceFigures(random),
    ...dayFigures(random),
  ];
  const cells = figures.flatMap((figure, row) =>
    SIZES.map((n, column) => coverageOf(figure, n, replications, seed + 101 * row + column)),
  );
  const falseVerdicts = nullCases(random).map((one, row) => falseVerdictsOf(one, replications, seed + 7919 + row));
  return { cells, falseVerdicts };
};
