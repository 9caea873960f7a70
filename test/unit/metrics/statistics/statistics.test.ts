import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Figure } from '../../../../src/contracts/figure.js';
import { differenceFigure, differenceOf } from '../../../../src/metrics/statistics/difference.js';
import { FAINT, INDEX, MOOD } from '../../../../src/metrics/statistics/ends.js';
import { benjaminiHochberg, judge, judgeAll } from '../../../../src/metrics/statistics/judge.js';
import { attentionFigure, dwellFigure, glancesFigure } from '../../../../src/metrics/statistics/lengths.js';
import { FEWEST_OF_MEDIAN, medianFigure } from '../../../../src/metrics/statistics/median-figure.js';
import { sumsByPeriod } from '../../../../src/metrics/statistics/periods.js';
import { median, quantile } from '../../../../src/metrics/statistics/quantile.js';
import { seededRandom } from '../../../../src/metrics/statistics/random.js';
import {
  addMoments,
  ageFigure,
  countedShare,
  expressionFigure,
  indexFigure,
  meanFigure,
  momentsOf,
  noMoments,
  rateFigure,
  shareFigure,
  skewedFigure,
  withTrack,
} from '../../../../src/metrics/statistics/ratio.js';
import { student975, studentP } from '../../../../src/metrics/statistics/student.js';

const self = (value: number | null): number | null => value;

/** Totals y ≤ top · x of visitors, with visits of one sample to an hour of them. */
const tracks = (top: number) =>
  fc
    .array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 18_000 })), { maxLength: 40 })
    .map((list) => list.map(([share, x]) => ({ y: share * top * x, x, periods: [x % 7, x % 3] })));

const holds = ({ value, low, high }: Figure): void => {
  if (value === null || low === null || high === null) throw new Error('a figure with data has no interval');
  expect([value, low, high].every(Number.isFinite)).toBe(true);
  expect(low).toBeLessThanOrEqual(value);
  expect(high).toBeGreaterThanOrEqual(value);
  expect(high).toBeGreaterThan(low);
};

describe('every interval of anything holds its value, has a width and is a number', () => {
  const figures: [string, number, (side: ReturnType<typeof sumsByPeriod>) => Figure][] = [
    ['share', 1, ({ moments, periods }) => shareFigure(moments, periods)],
    ['rate', 6, ({ moments, periods }) => rateFigure(moments, periods)],
    ['mood', 100, ({ moments, periods }) => meanFigure(moments, MOOD, periods)],
    ['happiness', 100, ({ moments, periods }) => expressionFigure('happiness', moments, periods)],
    ['anger', 100, ({ moments, periods }) => expressionFigure('anger', moments, periods)],
    ['skewed', 40, ({ moments, periods }) => skewedFigure(moments, FAINT, periods)],
    [
      'difference',
      1,
      ({ moments, periods }) => differenceOf({ moments }, { moments: periods[0] ?? moments, periods }).figure,
    ],
  ];
  it.each(figures)('%s', (_name, top, figureOf) => {
    fc.assert(
      fc.property(tracks(top), (list) => {
        if (list.length > 0) holds(figureOf(sumsByPeriod(list)));
        else expect(figureOf(sumsByPeriod(list))).toEqual({ value: null, low: null, high: null });
      }),
    );
  });

  const totals = (values: readonly number[]) => ({ moments: momentsOf(values), most: Math.max(0, ...values) });

  const lists: [string, (values: readonly number[]) => Figure, fewest?: number][] = [
    ['dwell', (values) => dwellFigure(totals(values))],
    ['attention', (values) => attentionFigure(totals(values), momentsOf(values.map((attentionMs) => 2 * attentionMs)))],
    ['glances', (values) => glancesFigure(totals(values.map(Math.round)))],
    ['age', (values) => ageFigure(momentsOf(values))],
    ['median', (values) => medianFigure(values, self, { resolution: 100 }), FEWEST_OF_MEDIAN],
    [
      'median over days',
      (values) => medianFigure(values, self, { resolution: 100, periodsOf: (value) => [value % 7] }),
      FEWEST_OF_MEDIAN,
    ],
    ['C-Value', (values) => meanFigure(momentsOf(values.map((value) => Math.round(value) % 3)), INDEX)],
  ];
  it.each(lists)('%s', (_name, figureOf, minLength = 1) => {
    const some = fc.array(fc.oneof(fc.constant(0), fc.double({ min: 0, max: 2e6, noNaN: true })), {
      minLength,
      maxLength: 30,
    });
    fc.assert(fc.property(some, (values) => holds(figureOf(values))));
  });

  it('shares of counts and indices of counts', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.nat(60), fc.nat(60), (plus, minus, rest) => {
        const base = plus + minus + rest;
        if (base === 0) return;
        holds(countedShare(plus, base));
        holds(
          indexFigure({
            ...momentsOf([]),
            y: plus - minus,
            x: base,
            yy: plus + minus,
            xy: plus - minus,
            xx: base,
            m: base,
          }),
        );
      }),
    );
  });

  it('sums of parts are the sums of the whole', () => {
    fc.assert(
      fc.property(tracks(1), tracks(1), (a, b) => {
        const whole = sumsByPeriod([...a, ...b]).moments;
        const added = addMoments(sumsByPeriod(a).moments, sumsByPeriod(b).moments);
        for (const name of ['y', 'x', 'yy', 'xy', 'xx', 'm'] as const)
          expect(Math.abs(added[name] - whole[name])).toBeLessThanOrEqual(1e-9 * Math.abs(whole[name]));
      }),
    );
  });
});

describe('intervals at the edges', () => {
  it('says nothing of nothing, and of one visitor hardly anything', () => {
    expect(meanFigure(noMoments())).toEqual({ value: null, low: null, high: null });
    const one = shareFigure(withTrack(noMoments(), 3, 4));
    expect(one).toEqual({ value: 0.75, low: 0, high: 1 });
  });

  it('does not claim certainty where nobody or everybody smiled', () => {
    expect(shareFigure(momentsOf(Array<number>(20).fill(0))).high).toBeGreaterThan(0.1);
    expect(shareFigure(momentsOf(Array<number>(20).fill(1))).low).toBeLessThan(0.9);
  });

  it('ten zeros leave 27 %: one pseudo-visitor of twelve, and Student at eleven degrees', () => {
    // (0 + 1)/12 ± t(11) · √(Σ(y − R)² ÷ 12² ÷ (1 − 1/12)²), by hand.
    const high = 1 / 12 + 2.200985 * Math.sqrt((1 - 1 / 12) / 144 / (11 / 12) ** 2);
    expect(shareFigure(momentsOf(Array<number>(10).fill(0))).high).toBeCloseTo(high, 6);
  });
});

describe('days and shifts', () => {
  const alike = (days: number, shareOn: (day: number) => number) =>
    sumsByPeriod(
      Array.from({ length: days * 40 }, (_, i) => ({
        periods: [i % days],
        y: i / days < 40 * shareOn(i % days) ? 1 : 0,
        x: 1,
      })),
    );
  const width = ({ low, high }: Figure): number => (high ?? 0) - (low ?? 0);

  it('days that differ widen the interval, days that are alike do not', () => {
    const differing = alike(8, (day) => (day % 2 === 0 ? 0.1 : 0.7));
    expect(width(shareFigure(differing.moments, differing.periods))).toBeGreaterThan(
      2 * width(shareFigure(differing.moments)),
    );
    const same = alike(8, () => 0.4);
    expect(shareFigure(same.moments, same.periods)).toEqual(shareFigure(same.moments));
  });

  it('of shifts and days the kind that scatters more counts', () => {
    const parts = Array.from({ length: 400 }, (_, i) => ({ periods: [i % 40, i % 8], y: i % 8 < 4 ? 1 : 0, x: 1 }));
    const { moments, periods } = sumsByPeriod(parts);
    const [shifts = noMoments(), days = noMoments()] = periods;
    expect([shifts.m, days.m]).toEqual([40, 8]);
    expect(width(shareFigure(moments, days))).toBeGreaterThan(width(shareFigure(moments, shifts)));
    expect(shareFigure(moments, periods)).toEqual(shareFigure(moments, days));
  });

  it('fewer than five days tell nothing of days', () => {
    const four = alike(4, (day) => (day % 2 === 0 ? 0.1 : 0.7));
    expect(shareFigure(four.moments, four.periods)).toEqual(shareFigure(four.moments));
  });
});

describe('verdicts', () => {
  const clear = { test: 'welch', n: 50, against: 50, p: 0.001, direction: 1 } as const;

  it('name the direction, the test and both sides', () => {
    expect(judge(clear)).toEqual({ ...clear, direction: undefined, code: 'higher', pAdjusted: 0.001, short: null });
    expect(judge({ ...clear, direction: -1 }).code).toBe('lower');
    expect(judge({ ...clear, p: 0.06 }).code).toBe('unproven');
    expect(judge({ ...clear, p: null }).code).toBe('unproven');
  });

  it('need ten on each side', () => {
    expect(judge({ ...clear, against: 9 })).toMatchObject({
      code: 'too-few',
      short: { unit: 'visitors', has: 9, needs: 10 },
      pAdjusted: null,
    });
    expect(judge({ ...clear, short: { unit: 'days', has: 2, needs: 5 } }).code).toBe('too-few');
  });

  it('shown together are corrected together, and those not given do not count', () => {
    const many = judgeAll([{ ...clear, p: 0.04 }, ...Array.from({ length: 11 }, () => ({ ...clear, p: 0.5 }))]);
    expect(many.map(({ code }) => code)).not.toContain('higher');
    const few = judgeAll([{ ...clear, p: 0.04 }, ...Array.from({ length: 11 }, () => ({ ...clear, n: 3, p: 0.5 }))]);
    expect(few[0]?.code).toBe('higher');
  });

  it('Benjamini and Hochberg (1995), the fifteen p of their example: four are significant at 5 %', () => {
    const ps = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
    ];
    const adjusted = benjaminiHochberg(ps);
    expect(adjusted.filter((p) => p !== null && p <= 0.05)).toHaveLength(4);
    expect(adjusted[3]).toBeCloseTo((0.0095 * 15) / 4, 10);
    expect(benjaminiHochberg([null, 0.03, null])).toEqual([null, 0.03, null]);
  });

  it('a difference and its p agree: p is 5 % where the interval touches zero', () => {
    fc.assert(
      fc.property(tracks(1), tracks(1), (a, b) => {
        const { figure, p } = differenceOf(sumsByPeriod(a), sumsByPeriod(b));
        if (p === null || figure.low === null || figure.high === null || Math.abs(p - 0.05) < 1e-6) return;
        if (figure.low > 0 || figure.high < 0) expect(p).toBeLessThan(0.05);
      }),
    );
  });

  it('a difference is that of the other way round with its sign', () => {
    const [a, b] = [momentsOf([0, 1, 1, 1]), momentsOf([0, 0, 1])];
    const [forth, back] = [differenceFigure(a, b), differenceFigure(b, a)];
    expect(back.value).toBeCloseTo(-(forth.value ?? 0), 12);
    expect(back.low).toBeCloseTo(-(forth.high ?? 0), 12);
  });
});

describe('building blocks', () => {
  it.each([
    [1, 12.706],
    [2, 4.303],
    [3, 3.182],
    [5, 2.571],
    [10, 2.228],
    [30, 2.042],
    [1000, 1.962],
  ])('97.5 percent quantile of Student with %s degrees of freedom is %s', (df, expected) => {
    expect(Math.abs(student975(df) - expected)).toBeLessThan(0.0006);
  });

  it.each([
    // Published tables: two-sided 5 %, 1 % and 0.1 % points.
    [2.228, 10, 0.05],
    [3.169, 10, 0.01],
    [2.66, 60, 0.01],
    [12.924, 3, 0.001],
  ])('|t| ≥ %s with %i degrees of freedom has p = %s', (t, df, p) => {
    expect(Math.abs(studentP(t, df) - p)).toBeLessThan(0.00005);
  });

  it('medians of six and of twenty run between the values of the sign test', () => {
    const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => 1000 * (i + 1));
    expect(medianFigure(upTo(6), self, { resolution: 1 })).toEqual({ value: 3500, low: 1000, high: 6000 });
    // Published: the 6th and the 15th of twenty, 95.9 %.
    expect(medianFigure(upTo(20), self, { resolution: 1 })).toEqual({ value: 10_500, low: 6000, high: 15_000 });
    const equal = [500, 500, 500, 500, 500];
    expect(medianFigure(equal, self, { resolution: 100 })).toEqual({ value: 500, low: 400, high: 600 });
  });

  it('there is no median of fewer than five values', () => {
    const values = [1, 2, 3, 4, null, null];
    expect(medianFigure(values, self, { resolution: 1 })).toEqual({ value: null, low: null, high: null });
    expect(medianFigure([...values, 5], self, { resolution: 1 }).value).toBe(3);
  });

  it('days that differ widen the interval of a median, from five on, and days alike do not', () => {
    const random = seededRandom(11);
    const over = (days: number, effect: number) =>
      Array.from({ length: days }, (_, day) =>
        Array.from({ length: 40 }, () => ({ day, value: 100 + effect * day + 20 * random() })),
      ).flat();
    const widths = (things: ReturnType<typeof over>): { readonly alone: number; readonly byDay: number } => {
      const valueOf = ({ value }: { readonly value: number }): number => value;
      const widthOf = ({ low, high }: Figure): number => (high ?? NaN) - (low ?? NaN);
      const periodsOf = ({ day }: { readonly day: number }): number[] => [day];
      return {
        alone: widthOf(medianFigure(things, valueOf, { resolution: 0.1 })),
        byDay: widthOf(medianFigure(things, valueOf, { resolution: 0.1, periodsOf })),
      };
    };
    const apart = widths(over(10, 20));
    expect(apart.byDay).toBeGreaterThan(2 * apart.alone);
    const alike = widths(over(10, 0));
    expect(alike.byDay).toBeLessThan(1.6 * alike.alone);
    const few = widths(over(4, 20));
    expect(few.byDay).toBe(few.alone);
  });

  it('a median may be negative where its values may', () => {
    const values = [-30, -20, -10, -5, 0, 5];
    expect(medianFigure(values, self, { resolution: 1, least: -100 })).toEqual({ value: -7.5, low: -30, high: 5 });
  });

  it('Student falls as degrees of freedom grow', () => {
    for (let df = 0.5; df < 40; df += 0.25) expect(student975(df + 0.25)).toBeLessThanOrEqual(student975(df));
  });

  it('quantiles interpolate', () => {
    expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
    expect(quantile([7], 0.975)).toBe(7);
    expect(median([])).toBeNull();
  });

  it('equal seeds repeat, others do not', () => {
    const draw = (seed: number): number[] => Array.from({ length: 5 }, seededRandom(seed));
    expect(draw(3)).toEqual(draw(3));
    expect(draw(3)).not.toEqual(draw(4));
    const many = Array.from({ length: 20_000 }, seededRandom(9));
    expect(many.reduce((sum, value) => sum + value, 0) / many.length).toBeCloseTo(0.5, 2);
  });
});
