import {
  SAMPLE_SUMS,
  THRESHOLD,
  type Condition,
  type Measured,
  type SampleSum,
  type SumName,
} from '../../contracts/figures/me1-sums.js';
import type { Sample } from '../../contracts/sample.js';

/** What one sample adds to a sum; T, percent, is needed by the sums that ask for it alone. */
export type Adds = (sample: Sample, threshold?: number) => number;

const measured = (sample: Sample, of: Measured): number | null =>
  of === 'mood' || of === 'age' || of === 'gender' ? sample[of] : sample.emotions[of];

const holds = (sample: Sample, { of, from, below }: Condition, threshold: number | undefined): boolean => {
  const value = measured(sample, of);
  if (value === null) return false;
  if (from === THRESHOLD && threshold === undefined) throw new TypeError(`a sum over ${of} needs T`);
  const least = from === THRESHOLD ? threshold : from;
  return (least === undefined || value >= least) && (below === undefined || value < below);
};

const addsOf = (sum: SampleSum): Adds => {
  if (sum.adds === 'share') return ({ facesInFrame }) => 1 / facesInFrame;
  if (sum.adds !== 'one') return (sample) => measured(sample, sum.adds) ?? 0;
  const { where } = sum;
  return where === undefined ? () => 1 : (sample, threshold) => Number(holds(sample, where, threshold));
};

/** What one sample adds to each sum, by the table of sums. */
export const ADDS = Object.fromEntries(
  Object.entries<SampleSum>(SAMPLE_SUMS).map(([name, sum]) => [name, addsOf(sum)]),
) as Readonly<Record<SumName, Adds>>;
