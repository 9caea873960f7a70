import type { Burst } from '../../src/contracts/contact.js';
import type { Figure } from '../../src/contracts/figure.js';
import { cValue } from '../../src/metrics/contact/c-value.js';
import { happyIndex } from '../../src/metrics/contact/happy-index.js';
import { medianFigure } from '../../src/metrics/statistics/median-figure.js';
import { median } from '../../src/metrics/statistics/quantile.js';
import { countedShare, shareFigure } from '../../src/metrics/statistics/ratio.js';
import { clamp, normal, skewed, times, type Random } from './draws.js';
import { sampled, type SimulatedFigure } from './figures.js';
import { momentsBy } from './ratios.js';

interface SimulatedContact {
  readonly verdict: 'happy' | 'unhappy' | 'indifferent';
  readonly latencyMs: number;
  readonly bursts: readonly Burst[];
  /** Moments in which the seller was measured, and of these smiling. */
  readonly measured: number;
  readonly smiling: number;
  readonly smiled: boolean;
}

const POPULATION = 20_000;
const burst = (kind: Burst['kind']): Burst => ({ kind, startTs: 0, endTs: 500, rise: 20 });

const contact = (random: Random, shape: { readonly happy: number; readonly bursts: number }): SimulatedContact => {
  const outcome = random();
  const kind = random() / shape.bursts;
  const bursts =
    kind < 0.06
      ? [burst('positive')]
      : kind < 0.075
        ? [burst('positive'), burst('positive')]
        : kind < 0.11
          ? [burst('negative')]
          : [];
  const measured = Math.max(15, Math.round(skewed(random, 100, 0.9)));
  const readiness = random() < 0.4 ? 0.03 * random() : random();
  return {
    verdict: outcome < shape.happy ? 'happy' : outcome < shape.happy + 0.1 ? 'unhappy' : 'indifferent',
    latencyMs: 200 + skewed(random, 900, 0.6),
    bursts,
    measured,
    smiling: measured * clamp(readiness + 0.1 * normal(random), 0, 1),
    smiled: random() < 0.6,
  };
};

const answers = (own: readonly SimulatedContact[]): Figure => happyIndex(own, ({ verdict }) => verdict);
const valueOf = (figure: Figure): number => figure.value ?? 0;

/** Every figure of contact points; a contact is the unit. */
export const contactFigures = (random: Random): SimulatedFigure[] => {
  const usual = times(POPULATION, () => contact(random, { happy: 0.35, bursts: 1 }));
  const rare = times(POPULATION, () => contact(random, { happy: 0.03, bursts: 0.25 }));
  const of = (name: string, all: readonly SimulatedContact[], figureOf: (own: readonly SimulatedContact[]) => Figure) =>
    sampled(name, all, valueOf(figureOf(all)), figureOf);
  const smile = (own: readonly SimulatedContact[]): Figure =>
    shareFigure(momentsBy(own, ({ smiling, measured }) => [smiling, measured]));
  return [
    of('Happy-Index', usual, answers),
    of('Happy-Index (rare answers)', rare, answers),
    of('median latency', usual, (own) =>
      medianFigure(
        own.map(({ latencyMs }) => latencyMs),
        100,
      ),
    ),
    of('C-Value', usual, (own) => cValue(own, 1)),
    of('C-Value (rare bursts)', rare, (own) => cValue(own, 1)),
    of('seller smile (one shift)', usual, smile),
    of('share with a smile', usual, (own) => countedShare(own.filter(({ smiled }) => smiled).length, own.length)),
  ].map((figure) =>
    figure.name === 'median latency'
      ? { ...figure, truth: median(usual.map(({ latencyMs }) => latencyMs)) ?? 0 }
      : figure,
  );
};
