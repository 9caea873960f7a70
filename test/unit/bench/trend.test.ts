import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeTrend, mannKendallZ, theilSenSlope, type TrendRule } from '../../../bench/trend.js';

const RULE: TrendRule = { warmup: 3, maxGrowthShare: 0.1, floor: 20 };

/** Repeatable noise in −1 … 1. */
const noise = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return (state / 2_147_483_648) * 2 - 1;
  };
};

const series = (length: number, value: (index: number, random: () => number) => number, seed = 7): number[] => {
  const random = noise(seed);
  return Array.from({ length }, (_, index) => value(index, random));
};

describe('judgeTrend', () => {
  it.each<[string, number[], 'rising' | 'steady' | 'too-few-readings']>([
    ['a leak of 2 MB a minute under a noise of ±15 MB', series(60, (i, r) => 600 + 2 * i + 15 * r()), 'rising'],
    ['a leak that only begins in the middle', series(60, (i, r) => 600 + 8 * Math.max(0, i - 30) + 5 * r()), 'rising'],
    ['noise around a level', series(60, (_i, r) => 600 + 60 * r()), 'steady'],
    ['a saw-tooth, as a collector makes it', series(60, (i) => 500 + 25 * (i % 5)), 'steady'],
    ['one outlier at the end', [...series(59, (_i, r) => 600 + 5 * r()), 3000], 'steady'],
    ['a step up while warming up', series(60, (i, r) => (i < 3 ? 200 : 600) + 5 * r()), 'steady'],
    ['a clear rise that is too small to matter', series(60, (i) => 600 + 0.2 * i), 'steady'],
    ['a fall', series(60, (i) => 600 - 5 * i), 'steady'],
    ['constant', series(60, () => 600), 'steady'],
    ['nothing but zero', series(60, () => 0), 'steady'],
    ['a leak seen for too short a time', series(8, (i) => 600 + 50 * i), 'too-few-readings'],
    ['the shortest run that can be judged', series(9, (i) => 600 + 50 * i), 'rising'],
  ])('%s: %s', (_name, values, verdict) => {
    expect(judgeTrend(values, RULE).verdict).toBe(verdict);
  });

  it('rarely takes level noise for a leak', () => {
    const alarms = Array.from({ length: 200 }, (_, seed) =>
      judgeTrend(
        series(60, (_i, r) => 600 + 100 * r(), seed + 1),
        RULE,
      ),
    ).filter(({ verdict }) => verdict === 'rising');
    expect(alarms.length).toBeLessThanOrEqual(2);
  });

  it('measures the growth of a straight line exactly, wherever it starts', () => {
    fc.assert(
      fc.property(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 0, max: 1000 }), (slope, start) => {
        const line = Array.from({ length: 20 }, (_, i) => start + slope * i);
        expect(theilSenSlope(line)).toBe(slope);
        expect(judgeTrend(line, RULE).growth).toBe(slope * 16);
        expect(Math.sign(mannKendallZ(line))).toBe(Math.sign(slope));
      }),
    );
  });
});
