import type { RatioMoments } from '../../src/contracts/me1.js';
import { noMoments, withTrack } from '../../src/metrics/statistics/ratio.js';
import type { SimulatedVisitor } from './visitors.js';

/** What one unit adds to a ratio: its y and its x. */
export type RatioOf<Unit> = (unit: Unit) => readonly [y: number, x: number];

export const momentsBy = <Unit>(units: readonly Unit[], ratioOf: RatioOf<Unit>): RatioMoments => {
  let moments = noMoments();
  for (const unit of units) moments = withTrack(moments, ...ratioOf(unit));
  return moments;
};

/** Σy ÷ Σx of everybody. */
export const ratioBy = <Unit>(units: readonly Unit[], ratioOf: RatioOf<Unit>): number => {
  const { y, x } = momentsBy(units, ratioOf);
  return y / x;
};

/** A visitor has smiled who does so in at least a quarter of the samples. */
export const hasSmiled = ({ smiles, samples }: SimulatedVisitor): number => (smiles >= samples / 4 ? 1 : 0);

export const RATIOS = {
  face: ({ smiles, samples }) => [smiles, samples],
  person: (visitor) => [hasSmiled(visitor), 1],
  frame: ({ smiles, frames }) => [smiles, frames],
  male: ({ maleSamples, samples }) => [maleSamples, samples],
  mood: ({ mood, samples }) => [mood * samples, samples],
} as const satisfies Record<string, RatioOf<SimulatedVisitor>>;
