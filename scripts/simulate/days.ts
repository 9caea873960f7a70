import type { Figure } from '../../src/contracts/figure.js';
import type { RatioMoments } from '../../src/contracts/me1.js';
import { MOOD } from '../../src/metrics/statistics/ends.js';
import { LENGTH_RESOLUTION_MS } from '../../src/metrics/statistics/lengths.js';
import { medianFigure, type MedianOptions } from '../../src/metrics/statistics/median-figure.js';
import type { PeriodSums } from '../../src/metrics/statistics/periods.js';
import { median } from '../../src/metrics/statistics/quantile.js';
import { addMoments, meanFigure, noMoments, shareFigure } from '../../src/metrics/statistics/ratio.js';
import { normal, times, type Random } from './draws.js';
import { sampled, type SimulatedFigure } from './figures.js';
import { momentsBy, RATIOS, ratioBy, type RatioOf } from './ratios.js';
import { population, type SimulatedVisitor } from './visitors.js';

/** A day (or a seller's shift) with all who could come on it. */
type Day = readonly SimulatedVisitor[];

/** Days that stand for all days. */
const DAYS = 3000;
/** Standard deviation between days of everybody's readiness to smile, in logits. */
const DAY_EFFECT = 0.5;

/** The same of everybody's stay, as a logarithm. */
const STAY_EFFECT = 0.3;

/** Days that differ from one another in weather, crowd and staff, with half to one and a half times `visitors` on each. */
export const differentDays = (random: Random, visitors: number, effect = DAY_EFFECT): Day[] =>
  times(DAYS, () => {
    const came = Math.max(1, Math.round(visitors * (0.5 + random())));
    return population(random, came, { warmth: effect * normal(random), leisure: STAY_EFFECT * normal(random) });
  });

/** The sums of one ratio on each of the days. */
export const sumsOfDays = (days: readonly Day[], ratioOf: RatioOf<SimulatedVisitor>): RatioMoments[] =>
  days.map((day) => momentsBy(day, ratioOf));

/** Days together: their visitors' sums, and the sums with a day as the unit. */
export const daysTogether = (days: readonly RatioMoments[]): PeriodSums => ({
  moments: days.reduce(addMoments, noMoments()),
  periods: [momentsBy(days, ({ y, x }) => [y, x])],
});

/** The median of the values of days or shifts that are drawn whole. */
export const medianOfDays = (
  name: string,
  days: readonly (readonly number[])[],
  options: Omit<MedianOptions<number>, 'periodsOf'>,
): SimulatedFigure =>
  sampled(name, days, median(days.flat()) ?? NaN, (own) =>
    medianFigure(
      own.flatMap((day, index) => day.map((value) => ({ value, index }))),
      ({ value }) => value,
      { ...options, periodsOf: ({ index }) => [index] },
    ),
  );

/** Figures over several days, where `n` is the number of days, and of sellers, where it is the number of shifts. */
export const dayFigures = (random: Random): SimulatedFigure[] => {
  const days = differentDays(random, 30);
  const shifts = differentDays(random, 8, 1);
  const over = (
    name: string,
    all: readonly Day[],
    ratioOf: RatioOf<SimulatedVisitor>,
    figureOf: (side: PeriodSums) => Figure,
  ): SimulatedFigure =>
    sampled(name, sumsOfDays(all, ratioOf), ratioBy(all.flat(), ratioOf), (own) => figureOf(daysTogether(own)));
  const share = ({ moments, periods }: PeriodSums): Figure => shareFigure(moments, periods);
  return [
    over('face (n days)', days, RATIOS.face, share),
    over('person (n days)', days, RATIOS.person, share),
    over('mood (n days)', days, RATIOS.mood, ({ moments, periods }) => meanFigure(moments, MOOD, periods)),
    over('seller smile (n shifts)', shifts, RATIOS.face, share),
    medianOfDays(
      'median dwell (n days)',
      days.map((day) => day.map(({ dwellMs }) => dwellMs)),
      { resolution: LENGTH_RESOLUTION_MS },
    ),
    medianOfDays(
      'median look (n days)',
      days.map((day) => day.filter(({ glances }) => glances > 0).map(({ longestLookMs }) => longestLookMs)),
      { resolution: LENGTH_RESOLUTION_MS },
    ),
  ];
};
