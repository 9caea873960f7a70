import { describe, expect, it } from 'vitest';
import type { Figure } from '../../../src/contracts/figure.js';
import type { RatioMoments } from '../../../src/contracts/me1.js';
import { bootstrapFigure } from '../../../src/metrics/statistics/bootstrap.js';
import { differenceFigure, verdictOf } from '../../../src/metrics/statistics/difference.js';
import { median, quantile } from '../../../src/metrics/statistics/quantile.js';
import { seededRandom } from '../../../src/metrics/statistics/random.js';
import {
  meanFigure,
  momentsOf,
  noMoments,
  rateFigure,
  shareFigure,
  withTrack,
} from '../../../src/metrics/statistics/ratio.js';
import { student975 } from '../../../src/metrics/statistics/student.js';

const REPLICATIONS = 2000;

type Random = () => number;
const normal = (random: Random): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
/** Length of a track in samples: between 5 and 80, longer ones rarer. */
const trackLength = (random: Random): number => Math.floor(5 + 75 * random() ** 2);

/** Tracks whose people smile each with a probability of their own, `share` on average. */
const smileTracks = (random: Random, tracks: number, share: number): RatioMoments => {
  let moments = noMoments();
  for (let i = 0; i < tracks; i += 1) {
    const samples = trackLength(random);
    // Most people smile hardly ever or nearly always: samples of one track are far from independent.
    const own = random() < share ? 0.9 : 0.1 * share;
    let smiles = 0;
    for (let s = 0; s < samples; s += 1) if (random() < own) smiles += 1;
    moments = withTrack(moments, smiles, samples);
  }
  return moments;
};
const trueShare = (share: number): number => share * 0.9 + (1 - share) * 0.1 * share;

const moodTracks = (random: Random, tracks: number, mean: number): RatioMoments => {
  let moments = noMoments();
  for (let i = 0; i < tracks; i += 1) {
    const samples = trackLength(random);
    const own = mean + 12 * normal(random);
    let sum = 0;
    for (let s = 0; s < samples; s += 1) sum += own + 5 * normal(random);
    moments = withTrack(moments, sum, samples);
  }
  return moments;
};

const coverage = (draw: (random: Random) => Figure, truth: number, replications = REPLICATIONS): number => {
  const random = seededRandom(20261122);
  let held = 0;
  for (let i = 0; i < replications; i += 1) {
    const { low, high } = draw(random);
    if (low !== null && high !== null && low <= truth && truth <= high) held += 1;
  }
  return (100 * held) / replications;
};

const expectNominal = (percent: number): void => {
  expect(percent).toBeGreaterThanOrEqual(93);
  expect(percent).toBeLessThanOrEqual(97);
};

describe('95 % intervals cover the truth in 93–97 % of simulated weeks', () => {
  it.each([
    [40, 0.5],
    [60, 0.25],
    [120, 0.15],
    [40, 0.2],
  ])('Smile-Index of %i visitors, of whom %f smile', (tracks, share) => {
    expectNominal(coverage((random) => rateFigure(smileTracks(random, tracks, share)), trueShare(share)));
  });

  it.each([
    [30, 0.5],
    [60, 0.25],
    [150, 0.1],
  ])('a share over %i visitors around %f', (tracks, share) => {
    expectNominal(coverage((random) => shareFigure(smileTracks(random, tracks, share)), trueShare(share)));
  });

  it.each([15, 60])('mood of %i visitors', (tracks) => {
    expectNominal(coverage((random) => meanFigure(moodTracks(random, tracks, 50)), 50));
  });

  it.each([
    [20, 24],
    [60, 40],
  ])('difference between %i and %i visitors', (a, b) => {
    const draw = (random: Random): Figure => differenceFigure(moodTracks(random, a, 55), moodTracks(random, b, 50));
    expectNominal(coverage(draw, 5));
  });

  it('bootstrap over tracks, for a median', () => {
    const draw = (random: Random): Figure => {
      const looks = Array.from({ length: 41 }, () => Math.exp(normal(random)));
      return bootstrapFigure(looks, median, { replicates: 300, seed: Math.floor(random() * 1e9) });
    };
    expectNominal(coverage(draw, 1, 800));
  });

  it('an interval that took samples for independent would not', () => {
    const naive = (random: Random): Figure => {
      const { y, x } = smileTracks(random, 60, 0.25);
      const p = y / x;
      const half = 1.96 * Math.sqrt((p * (1 - p)) / x);
      return { value: p, low: p - half, high: p + half };
    };
    expect(coverage(naive, trueShare(0.25), 1000)).toBeLessThan(60);
  });
});

describe('intervals at the edges', () => {
  it('says nothing of nothing and has no interval for one visitor', () => {
    expect(meanFigure(noMoments())).toEqual({ value: null, low: null, high: null });
    expect(shareFigure(withTrack(noMoments(), 3, 4))).toEqual({ value: 0.75, low: null, high: null });
  });

  it('does not claim certainty where nobody or everybody smiled', () => {
    const nobody = momentsOf(Array<number>(20).fill(0));
    expect(rateFigure(nobody).high).toBeGreaterThan(0.1);
    expect(shareFigure(nobody).high).toBeGreaterThan(0.1);
    expect(shareFigure(momentsOf(Array<number>(20).fill(1))).low).toBeLessThan(0.9);
  });

  it('never takes a rate below zero, however few and unequal the visitors', () => {
    const random = seededRandom(7);
    for (let i = 0; i < 300; i += 1) {
      const visitors = 2 + Math.floor(random() * 4);
      let moments = noMoments();
      for (let v = 0; v < visitors; v += 1) {
        const frames = 1 + Math.floor(random() * 40);
        moments = withTrack(moments, frames * (0.5 + 3 * random()), frames);
      }
      const { value, low, high } = rateFigure(moments);
      if (low === null || high === null || value === null) continue;
      expect(low).toBeGreaterThanOrEqual(0);
      expect(low).toBeLessThanOrEqual(value);
      expect(high).toBeGreaterThanOrEqual(value);
    }
  });

  it('gives a verdict only where the interval excludes zero', () => {
    expect(verdictOf({ value: 2, low: 1, high: 3 })).toBe('higher');
    expect(verdictOf({ value: -2, low: -3, high: -1 })).toBe('lower');
    expect(verdictOf({ value: 2, low: -1, high: 5 })).toBe('unproven');
    expect(verdictOf({ value: 2, low: null, high: null })).toBeNull();
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
    expect(Math.abs(student975(df) - expected)).toBeLessThan(0.0045);
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
