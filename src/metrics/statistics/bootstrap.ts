import type { Figure } from '../../contracts/figure.js';
import { seededRandom } from './random.js';
import { quantile } from './quantile.js';

export interface BootstrapOptions {
  readonly replicates?: number;
  readonly seed?: number;
}

/**
 * Percentile bootstrap over independent units (tracks, contacts), for statistics without a closed form such as a median.
 * Draws whole units with replacement; seeded, so that a report repeats exactly.
 */
export const bootstrapFigure = <Unit>(
  units: readonly Unit[],
  statistic: (units: readonly Unit[]) => number | null,
  { replicates = 1000, seed = 1 }: BootstrapOptions = {},
): Figure => {
  const value = statistic(units);
  if (value === null || units.length < 2) return { value, low: null, high: null };
  const random = seededRandom(seed);
  const draw = (): Unit[] =>
    units.map((own) => units[Math.min(units.length - 1, Math.floor(random() * units.length))] ?? own);
  const found = Array.from({ length: replicates }, () => statistic(draw())).filter((one) => one !== null);
  return { value, low: quantile(found, 0.025), high: quantile(found, 0.975) };
};
