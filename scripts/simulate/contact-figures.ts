import type { Figure } from '../../src/contracts/figure.js';
import { cValue } from '../../src/metrics/contact/curves/c-value.js';
import { happyIndex } from '../../src/metrics/contact/judgement/happy-index.js';
import { LENGTH_RESOLUTION_MS } from '../../src/metrics/statistics/lengths.js';
import { medianFigure } from '../../src/metrics/statistics/median-figure.js';
import { median } from '../../src/metrics/statistics/quantile.js';
import { countedShare, shareFigure } from '../../src/metrics/statistics/ratio.js';
import { medianOfDays } from './days.js';
import { clamp, normal, skewed, times, type Random } from './draws.js';
import { sampled, type SimulatedFigure } from './figures.js';
import { momentsBy } from './ratios.js';

interface SimulatedContact {
  readonly verdict: 'happy' | 'unhappy' | 'indifferent';
  readonly latencyMs: number;
  /** Points over the customer's own second before. */
  readonly rise: number;
  readonly positiveBursts: number;
  readonly negativeBursts: number;
  /** Moments in which the seller was measured, and of these smiling. */
  readonly measured: number;
  readonly smiling: number;
  readonly smiled: boolean;
}

const POPULATION = 20_000;
const SHIFTS = 3000;

interface Shape {
  readonly happy: number;
  readonly bursts: number;
  /** What the shift does to how fast and how far customers answer, in standard deviations between shifts; default 0. */
  readonly shift?: number;
}

const contact = (random: Random, shape: Shape): SimulatedContact => {
  const { shift = 0 } = shape;
  const outcome = random();
  const kind = random() / shape.bursts;
  const measured = Math.max(15, Math.round(skewed(random, 100, 0.9)));
  const readiness = random() < 0.4 ? 0.03 * random() : random();
  return {
    verdict: outcome < shape.happy ? 'happy' : outcome < shape.happy + 0.1 ? 'unhappy' : 'indifferent',
    latencyMs: 200 + skewed(random, 900, 0.6) * Math.exp(0.3 * shift),
    rise: 15 + 20 * normal(random) - 10 * shift,
    positiveBursts: kind < 0.06 ? 1 : kind < 0.075 ? 2 : 0,
    negativeBursts: kind >= 0.075 && kind < 0.11 ? 1 : 0,
    measured,
    smiling: measured * clamp(readiness + 0.1 * normal(random), 0, 1),
    smiled: random() < 0.6,
  };
};

const answers = (own: readonly SimulatedContact[]): Figure => happyIndex(own, ({ verdict }) => verdict);
const valueOf = (figure: Figure): number => figure.value ?? 0;

const latencyOf = ({ latencyMs }: SimulatedContact): number => latencyMs;
const riseOf = ({ rise }: SimulatedContact): number => rise;
const middleOf = (all: readonly SimulatedContact[], valueOf: (contact: SimulatedContact) => number): number =>
  median(all.map(valueOf)) ?? NaN;

const LATENCY = { resolution: LENGTH_RESOLUTION_MS };
const RISE = { resolution: 1, least: -100 };

/** Shifts that differ from one another, of four to twelve contacts each. */
const differentShifts = (random: Random): SimulatedContact[][] =>
  times(SHIFTS, () => {
    const shift = normal(random);
    return times(4 + Math.floor(9 * random()), () => contact(random, { happy: 0.35, bursts: 1, shift }));
  });

/** Every figure of contact points; a contact is the unit. */
export const contactFigures = (random: Random): SimulatedFigure[] => {
  const usual = times(POPULATION, () => contact(random, { happy: 0.35, bursts: 1 }));
  const rare = times(POPULATION, () => contact(random, { happy: 0.03, bursts: 0.25 }));
  const shifts = differentShifts(random);
  const of = (name: string, all: readonly SimulatedContact[], figureOf: (own: readonly SimulatedContact[]) => Figure) =>
    sampled(name, all, valueOf(figureOf(all)), figureOf);
  const smile = (own: readonly SimulatedContact[]): Figure =>
    shareFigure(momentsBy(own, ({ smiling, measured }) => [smiling, measured]));
  return [
    of('Happy-Index', usual, answers),
    of('Happy-Index (rare answers)', rare, answers),
    sampled('median latency', usual, middleOf(usual, latencyOf), (own) => medianFigure(own, latencyOf, LATENCY)),
    sampled('median rise', usual, middleOf(usual, riseOf), (own) => medianFigure(own, riseOf, RISE)),
    medianOfDays(
      'median latency (n shifts)',
      shifts.map((own) => own.map(latencyOf)),
      LATENCY,
    ),
    medianOfDays(
      'median rise (n shifts)',
      shifts.map((own) => own.map(riseOf)),
      RISE,
    ),
    of('C-Value', usual, (own) => cValue(own, 1)),
    of('C-Value (rare bursts)', rare, (own) => cValue(own, 1)),
    of('seller smile (one shift)', usual, smile),
    of('share with a smile', usual, (own) => countedShare(own.filter(({ smiled }) => smiled).length, own.length)),
  ];
};
