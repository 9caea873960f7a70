import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CountSums } from '../../../../src/contracts/figures/count-sums.js';
import { countFigures } from '../../../../src/metrics/counts/count-figures.js';
import { poissonInterval } from '../../../../src/metrics/statistics/poisson.js';
import { seeded } from '../../../fixtures/seeded.js';

const sums = (fields: Partial<CountSums> = {}): CountSums => ({
  ts: 0,
  placeId: 'till',
  counter: 'consultation',
  employeeId: null,
  direction: null,
  n: 1,
  facts: 1,
  ...fields,
});

/** P(at most `count` events) where `mean` are expected, term by term. */
const atMost = (count: number, mean: number): number => {
  let term = Math.exp(-mean);
  let sum = term;
  for (let k = 1; k <= count; k += 1) {
    term *= mean / k;
    sum += term;
  }
  return sum;
};

describe('the exact interval of a count', () => {
  // Garwood's table, 95 %.
  it.each([
    [0, 0, 3.689],
    [1, 0.0253, 5.572],
    [10, 4.795, 18.39],
    [100, 81.36, 121.63],
  ])('of %i events is %d … %d', (count, low, high) => {
    const [from, to] = poissonInterval(count);
    expect(from).toBeCloseTo(low, 2);
    expect(to).toBeCloseTo(high, 2);
  });

  it('leaves one chance in forty at each end, whatever was counted', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), (count) => {
        const [low, high] = poissonInterval(count);
        expect(1 - atMost(count - 1, low)).toBeCloseTo(0.025, 6);
        expect(atMost(count, high)).toBeCloseTo(0.025, 6);
      }),
      seeded('poisson', 100),
    );
  });
});

describe('figures of counters', () => {
  it('pool hours and employees, and keep places and counters apart', () => {
    const figures = countFigures([
      sums({ n: 3, facts: 2 }),
      sums({ ts: 3_600_000, employeeId: 'anna', n: 7, facts: 1 }),
      sums({ placeId: 'hall', n: 1 }),
      sums({ counter: 'receipt', n: 0, facts: 4 }),
    ]);
    expect(figures.map(({ placeId, counter, count, facts }) => [placeId, counter, count.value, facts])).toEqual([
      ['till', 'consultation', 10, 3],
      ['hall', 'consultation', 1, 1],
      ['till', 'receipt', 0, 4],
    ]);
    expect(figures[0]?.count.low).toBeCloseTo(4.795, 2);
    expect(figures[2]?.count).toMatchObject({ low: 0 });
  });

  it('know nothing of a counter from which more was taken back than was there', () => {
    expect(countFigures([sums({ n: 2 }), sums({ n: -3 })])[0]?.count).toEqual({ value: null, low: null, high: null });
    expect(countFigures([])).toEqual([]);
  });
});
