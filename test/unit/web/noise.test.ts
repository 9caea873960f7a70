import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { draw, type Random } from '../../../scripts/simulate/draws.js';
import { hasSmiled } from '../../../scripts/simulate/ratios.js';
import { population, type SimulatedVisitor } from '../../../scripts/simulate/visitors.js';
import { seededRandom } from '../../../src/metrics/statistics/random.js';
import { changesOf, isUnderLevel, type Figures } from '../../../web/src/values/noise.js';
import { seeded } from '../../fixtures/seeded.js';

const FRAMES_OF_A_MINUTE = 300;

/** What a window of so many minutes shows of the visitors who came in it. */
const windowOf = (came: readonly SimulatedVisitor[], minutes: number): Figures => {
  const samples = came.reduce((sum, one) => sum + one.samples, 0);
  const sum = (of: (one: SimulatedVisitor) => number): number => came.reduce((total, one) => total + of(one), 0);
  const frames = FRAMES_OF_A_MINUTE * minutes;
  return {
    smileIndex: sum((one) => one.smiles) / samples,
    smilingPersons: sum(hasSmiled) / came.length,
    mood: sum((one) => one.mood * one.samples) / samples,
    visitors: came.length,
    utilizationPercent: 40,
    frames,
  };
};

/** A Poisson number: as many come as come. */
const arrivals = (random: Random, mean: number): number => {
  let [count, product] = [0, random()];
  for (const least = Math.exp(-mean); product > least; product *= random()) count += 1;
  return count;
};

describe('arrows of the live page', () => {
  it('hardly ever show what does not change, the shorter window being a part of the longer', () => {
    const settings = seeded('live arrows', 400);
    const random = seededRandom(settings.seed ?? 1);
    const all = population(random, 5000);
    const count = { smile: 0, mood: 0, visitors: 0, utilization: 0 };
    const runs = 400;
    for (let i = 0; i < runs; i += 1) {
      const minute = draw(random, all, Math.max(1, arrivals(random, 15)));
      const before = draw(random, all, arrivals(random, 15 * 14));
      const changes = changesOf(windowOf(minute, 1), windowOf([...before, ...minute], 15));
      for (const key of Object.keys(count) as (keyof typeof count)[]) count[key] += Math.abs(changes[key]);
    }
    // 5 % and four standard errors.
    const most = runs * (0.05 + 4 * Math.sqrt((0.05 * 0.95) / runs));
    for (const [key, arrows] of Object.entries(count)) expect(arrows, key).toBeLessThanOrEqual(most);
  });

  it('show what changes a lot', () => {
    const random = seededRandom(7);
    const [cool, warm] = [population(random, 2000), population(random, 2000, { warmth: 3 })];
    const minute = windowOf(draw(random, warm, 60), 1);
    const hour = windowOf(draw(random, cool, 300), 15);
    expect(changesOf(minute, hour)).toMatchObject({ smile: 1, visitors: 1 });
    expect(changesOf(hour, { ...minute, frames: 15 * minute.frames })).toMatchObject({ smile: -1 });
  });

  it('show nothing of fewer than ten visitors, nor without a window to compare with', () => {
    const some = fc.record({
      smile: fc.double({ min: 0, max: 1, noNaN: true }),
      mood: fc.double({ min: 0, max: 100, noNaN: true }),
      visitors: fc.nat(9),
    });
    const base = windowOf(population(seededRandom(3), 200), 15);
    fc.assert(
      fc.property(some, ({ smile, mood, visitors }) => {
        const few = { ...base, smilingPersons: smile, mood, visitors, utilizationPercent: 100 * smile, frames: 300 };
        expect(changesOf(few, base)).toMatchObject({ smile: 0, mood: 0, utilization: 0 });
      }),
      seeded('few visitors', 100),
    );
    expect(changesOf(base, null)).toEqual({ smile: 0, mood: 0, visitors: 0, utilization: 0 });
  });
});

describe('the alarm', () => {
  const window = (smileIndex: number | null, smilingPersons: number | null, visitors: number): Figures => ({
    ...windowOf(population(seededRandom(3), 20), 15),
    ...{ smileIndex, smilingPersons, visitors },
  });

  it.each([
    ['both lie under the level', window(0.1, 0.15, 40), true],
    ['one who does not smile stands there for long', window(0.1, 0.4, 40), false],
    ['one who smiles stands there for long', window(0.5, 0.1, 40), false],
    ['there is nobody', window(null, null, 0), false],
    ['the level is just reached', window(0.2, 0.2, 40), false],
  ])('where %s', (_, pooled, raised) => {
    expect(isUnderLevel(pooled, 0.2)).toBe(raised);
  });
});
