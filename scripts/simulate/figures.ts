import { EMOTIONS } from '../../src/contracts/emotion.js';
import type { Figure } from '../../src/contracts/figure.js';
import {
  attentionFigure,
  dwellFigure,
  glancesFigure,
  LENGTH_RESOLUTION_MS,
} from '../../src/metrics/statistics/lengths.js';
import { medianFigure } from '../../src/metrics/statistics/median-figure.js';
import { median } from '../../src/metrics/statistics/quantile.js';
import { MOOD } from '../../src/metrics/statistics/ends.js';
import {
  ageFigure,
  countedShare,
  expressionFigure,
  meanFigure,
  momentsOf,
  rateFigure,
  scaled,
  shareFigure,
} from '../../src/metrics/statistics/ratio.js';
import { draw, type Random } from './draws.js';
import { momentsBy, RATIOS, ratioBy, type RatioOf } from './ratios.js';
import { population, type SimulatedVisitor } from './visitors.js';

/** One figure of a report, which can be measured again and again on `n` units drawn afresh. */
export interface SimulatedFigure {
  readonly name: string;
  readonly truth: number;
  readonly measure: (random: Random, n: number) => Figure;
}

/** Of units drawn from a list that is all there is. */
export const sampled = <Unit>(
  name: string,
  all: readonly Unit[],
  truth: number,
  figureOf: (units: readonly Unit[]) => Figure,
): SimulatedFigure => ({ name, truth, measure: (random, n) => figureOf(draw(random, all, n)) });

const POPULATION = 20_000;
const THRESHOLD = 20;

type Visitors = readonly SimulatedVisitor[];

const meanBy = (units: Visitors, valueOf: (visitor: SimulatedVisitor) => number): number =>
  units.reduce((sum, unit) => sum + valueOf(unit), 0) / units.length;

/** The columns of МЭ-1, weighed by samples. */
const me1Figures = (all: Visitors): SimulatedFigure[] => {
  const share = (name: string, ratioOf: RatioOf<SimulatedVisitor>): SimulatedFigure =>
    sampled(name, all, ratioBy(all, ratioOf), (units) => shareFigure(momentsBy(units, ratioOf)));
  const aged = (name: string, from: number, to: number): SimulatedFigure =>
    share(name, ({ age, samples }) => [age >= from && age < to ? samples : 0, samples]);
  const happiness: RatioOf<SimulatedVisitor> = ({ emotions, samples }) => [emotions.happiness * samples, samples];
  return [
    share('face', RATIOS.face),
    share('person', RATIOS.person),
    sampled('frame', all, ratioBy(all, RATIOS.frame), (units) => rateFigure(momentsBy(units, RATIOS.frame))),
    sampled('level', all, ratioBy(all, happiness) / THRESHOLD, (units) =>
      scaled(expressionFigure('happiness', momentsBy(units, happiness)), 1 / THRESHOLD),
    ),
    share('male', RATIOS.male),
    aged('age -20', 0, 20),
    aged('age 20-30', 20, 30),
    aged('age 30-40', 30, 40),
    aged('age 50+', 50, 200),
    aged('age over 65 (rare)', 65, 200),
    ...EMOTIONS.map((emotion) => {
      const ratioOf: RatioOf<SimulatedVisitor> = ({ emotions, samples }) => [emotions[emotion] * samples, samples];
      return sampled(emotion, all, ratioBy(all, ratioOf), (units) =>
        expressionFigure(emotion, momentsBy(units, ratioOf)),
      );
    }),
    sampled('mood', all, ratioBy(all, RATIOS.mood), (units) => meanFigure(momentsBy(units, RATIOS.mood), MOOD)),
  ];
};

/** A value of visitors as the figures of lengths take it. */
const totalsOf = (units: Visitors, valueOf: (visitor: SimulatedVisitor) => number) => {
  const values = units.map(valueOf);
  return { moments: momentsOf(values), most: values.reduce((most, value) => Math.max(most, value), 0) };
};

/** The visitors' report, where each visitor counts once. */
const visitFigures = (all: Visitors): SimulatedFigure[] => [
  sampled(
    'mean dwell',
    all,
    meanBy(all, ({ dwellMs }) => dwellMs),
    (units) => dwellFigure(totalsOf(units, ({ dwellMs }) => dwellMs)),
  ),
  sampled('median dwell', all, median(all.map(({ dwellMs }) => dwellMs)) ?? 0, (units) =>
    medianFigure(units, ({ dwellMs }) => dwellMs, { resolution: LENGTH_RESOLUTION_MS }),
  ),
  sampled(
    'mean attention',
    all,
    meanBy(all, ({ attentionMs }) => attentionMs),
    (units) =>
      attentionFigure(
        totalsOf(units, ({ attentionMs }) => attentionMs),
        momentsOf(units.map(({ dwellMs }) => dwellMs)),
      ),
  ),
  sampled(
    'looked',
    all,
    meanBy(all, ({ glances }) => (glances > 0 ? 1 : 0)),
    (units) => countedShare(units.filter(({ glances }) => glances > 0).length, units.length),
  ),
  sampled(
    'glances',
    all,
    meanBy(all, ({ glances }) => glances),
    (units) => glancesFigure(totalsOf(units, ({ glances }) => glances)),
  ),
  sampled(
    'mean age',
    all,
    meanBy(all, ({ age }) => age),
    (units) => ageFigure(momentsOf(units.map(({ age }) => age))),
  ),
  sampled(
    'mood of visitors',
    all,
    meanBy(all, ({ mood }) => mood),
    (units) =>
      meanFigure(
        momentsBy(units, ({ mood }) => [mood, 1]),
        MOOD,
      ),
  ),
];

/** Every figure that a report prints of visitors, in a shop and in a passage that most only pass. */
export const visitorFigures = (random: Random): SimulatedFigure[] => {
  const shop = population(random, POPULATION);
  const passage = population(random, POPULATION, { passersBy: true });
  const crowd = population(random, POPULATION, { faces: 2.3, warmth: 2 });
  const lookers = shop.filter(({ glances }) => glances > 0);
  const passed = (figure: SimulatedFigure): SimulatedFigure => ({ ...figure, name: `${figure.name} (passage)` });
  return [
    ...me1Figures(shop),
    ...me1Figures(passage)
      .filter(({ name }) => ['face', 'male', 'happiness', 'mood'].includes(name))
      .map(passed),
    sampled('frame (crowd)', crowd, ratioBy(crowd, RATIOS.frame), (units) =>
      rateFigure(momentsBy(units, RATIOS.frame)),
    ),
    ...visitFigures(shop),
    ...visitFigures(passage)
      .filter(({ name }) => ['mean dwell', 'median dwell', 'mean attention'].includes(name))
      .map(passed),
    sampled('median look', lookers, median(lookers.map(({ longestLookMs }) => longestLookMs)) ?? 0, (units) =>
      medianFigure(units, ({ longestLookMs }) => longestLookMs, { resolution: LENGTH_RESOLUTION_MS }),
    ),
  ];
};
