import { EMOTIONS } from '../contracts/emotion.js';
import type { Me1Sums, Me1SumName } from '../contracts/figures/me1-sums.js';
import { AGE_BUCKETS } from '../contracts/me1.js';

const record = <Name extends string>(names: readonly Name[], valueOf: (name: Name) => number): Record<Name, number> =>
  Object.fromEntries(names.map((name) => [name, valueOf(name)])) as Record<Name, number>;

/** Sums as reports carry them, from one value by name. */
export const me1SumsOf = (valueOf: (name: Me1SumName) => number): Me1Sums => ({
  samples: valueOf('samples'),
  absolute: valueOf('absolute'),
  emotionSums: record(EMOTIONS, valueOf),
  moodSum: valueOf('mood'),
  male: valueOf('male'),
  female: valueOf('female'),
  ages: record(AGE_BUCKETS, valueOf),
});
