import type { CountFigures, CountSums } from '../../contracts/figures/count-sums.js';
import type { Figure } from '../../contracts/figure.js';
import { grouped } from '../../runtime/grouped.js';
import { NOTHING } from '../statistics/ratio.js';
import { poissonInterval } from '../statistics/poisson.js';

const total = (sums: readonly CountSums[], valueOf: (one: CountSums) => number): number =>
  sums.reduce((sum, one) => sum + valueOf(one), 0);

/** A number of events with its interval; corrections by hand may have taken back more than was there. */
const countFigure = (n: number): Figure => {
  if (n < 0) return NOTHING;
  const [low, high] = poissonInterval(n);
  return { value: n, low, high };
};

/** One row per place, counter and direction, in order of first appearance: sums of any buckets and employees pooled. */
export const countFigures = (sums: readonly CountSums[]): readonly CountFigures[] => {
  const rows = grouped(sums, ({ placeId, counter, direction }) => JSON.stringify([placeId, counter, direction]));
  return [...rows.values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const { placeId, counter, direction } = first;
    return [
      {
        ...{ placeId, counter, direction },
        count: countFigure(total(own, ({ n }) => n)),
        facts: total(own, ({ facts }) => facts),
      },
    ];
  });
};
