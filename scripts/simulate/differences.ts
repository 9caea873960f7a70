import { differenceFigure } from '../../src/metrics/statistics/difference.js';
import { MOOD, SHARE } from '../../src/metrics/statistics/ends.js';
import { draw, type Random } from './draws.js';
import type { SimulatedFigure } from './figures.js';
import { momentsBy, RATIOS, ratioBy } from './ratios.js';
import { population } from './visitors.js';

const POPULATION = 20_000;

/** Differences of two groups that do differ, `n` visitors against 50 and against as many. */
export const differenceFigures = (random: Random): SimulatedFigure[] => {
  const warm = population(random, POPULATION, { warmth: 1, faces: 2.3 });
  const cool = population(random, POPULATION, { faces: 1.1 });
  const kinds = [
    { name: 'difference of person', ratioOf: RATIOS.person, ends: SHARE },
    { name: 'difference of mood', ratioOf: RATIOS.mood, ends: MOOD },
  ];
  return kinds.flatMap(({ name, ratioOf, ends }) =>
    ([50, null] as const).map((against): SimulatedFigure => ({
      name: `${name} (${against === null ? 'n against n' : 'n against 50'})`,
      truth: ratioBy(warm, ratioOf) - ratioBy(cool, ratioOf),
      measure: (source, n) =>
        differenceFigure(
          momentsBy(draw(source, warm, n), ratioOf),
          momentsBy(draw(source, cool, against ?? n), ratioOf),
          ends,
        ),
    })),
  );
};
