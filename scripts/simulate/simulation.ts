import { seededRandom } from '../../src/metrics/statistics/random.js';
import { contactFigures } from './contact-figures.js';
import { coverageOf, SIZES, type Cell } from './coverage.js';
import { dayFigures } from './days.js';
import { differenceFigures } from './differences.js';
import { visitorFigures } from './figures.js';
import { netResponses, type NetResponseCell } from './net-response.js';
import { falseVerdictsOf, nullCases, type FalseVerdicts } from './verdicts.js';

/** How much is drawn, and from which seed. */
export interface Draws {
  readonly seed: number;
  readonly replications: number;
  /** Contacts of each kind, whose curves are made and judged one by one. */
  readonly contacts: number;
}

export interface Simulation extends Draws {
  readonly cells: readonly Cell[];
  readonly falseVerdicts: readonly FalseVerdicts[];
  /** Where no customer answers, and where some do. */
  readonly netResponseNull: readonly NetResponseCell[];
  readonly netResponseContagion: readonly NetResponseCell[];
}

/** Coverage of every figure at every size, false verdicts of every case, and the net response of every kind of contacts. */
export const simulate = ({ seed, replications, contacts }: Draws): Simulation => {
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
  const net = netResponses({ seed, replications, contacts });
  return {
    seed,
    replications,
    contacts,
    cells,
    falseVerdicts,
    netResponseNull: net.filter(({ contagion }) => contagion === 0),
    netResponseContagion: net.filter(({ contagion }) => contagion > 0),
  };
};
