import { EMOTIONS, type Emotion } from '../emotion.js';
import { AGE_BUCKETS, type AgeBucket, type BucketSums, type RatioName } from '../me1.js';

/** What is measured of a face and may be unknown (null): its value is not summed up then. */
export type Measured = Emotion | 'mood' | 'gender' | 'age';

/** The value T that a question asks by. */
export const THRESHOLD = 'T';

/** Samples of which something is known and lies in [`from`, `below`); a bound that is absent does not bind. */
export interface Condition {
  readonly of: Measured;
  readonly from?: number | typeof THRESHOLD;
  readonly below?: number;
}

/** One sum over samples: how many (of a condition), a measured value, or each sample's share 1/n of a frame with n faces. */
export type SampleSum =
  { readonly adds: 'one'; readonly where?: Condition } | { readonly adds: Measured } | { readonly adds: 'share' };

/** Half-open ranges of years: 20 belongs to 20–30. */
export const AGE_YEARS: Readonly<Record<AgeBucket, Omit<Condition, 'of'>>> = {
  '-20': { below: 20 },
  '20-30': { from: 20, below: 30 },
  '30-40': { from: 30, below: 40 },
  '40-50': { from: 40, below: 50 },
  '50+': { from: 50 },
};

/** P(male) of one half and more is male. */
export const GENDER_RANGES = { male: { from: 0.5 }, female: { below: 0.5 } } as const;

const each = <Name extends string>(names: readonly Name[], sumOf: (name: Name) => SampleSum): Record<Name, SampleSum> =>
  Object.fromEntries(names.map((name) => [name, sumOf(name)])) as Record<Name, SampleSum>;

/**
 * Every sum over samples that a figure is made of, defined here alone: the live figures take from it what a sample adds
 * (`src/metrics/faces/sample-sums.ts`), an engine of the store its SQL (`src/store/duckdb/sql/sum-sql.ts`).
 */
export const SAMPLE_SUMS = {
  samples: { adds: 'one' },
  absolute: { adds: 'one', where: { of: 'happiness', from: THRESHOLD } },
  ...each(EMOTIONS, (emotion) => ({ adds: emotion })),
  mood: { adds: 'mood' },
  male: { adds: 'one', where: { of: 'gender', ...GENDER_RANGES.male } },
  female: { adds: 'one', where: { of: 'gender', ...GENDER_RANGES.female } },
  gendered: { adds: 'one', where: { of: 'gender' } },
  ...each(AGE_BUCKETS, (bucket) => ({ adds: 'one', where: { of: 'age', ...AGE_YEARS[bucket] } })),
  aged: { adds: 'one', where: { of: 'age' } },
  ageSum: { adds: 'age' },
  frameShare: { adds: 'share' },
} as const satisfies Readonly<Record<string, SampleSum>>;
export type SumName = keyof typeof SAMPLE_SUMS;

/** The sums of МЭ-1 in the order of their columns, which are kept by the minute; the others follow from them or from samples. */
export const ME1_SUMS = [
  'samples',
  'absolute',
  ...EMOTIONS,
  'mood',
  'male',
  'female',
  ...AGE_BUCKETS,
] as const satisfies readonly SumName[];
export type Me1SumName = (typeof ME1_SUMS)[number];

/** The sums of МЭ-1 as reports carry them. */
export type Me1Sums = Pick<BucketSums, 'samples' | 'absolute' | 'emotionSums' | 'moodSum' | 'male' | 'female' | 'ages'>;

/** The sums that a ratio is made of, Σy ÷ Σx, of a visitor, a day or a period. */
export interface RatioSums {
  readonly y: Me1SumName;
  readonly x: 'samples' | 'frameShare' | 'gendered' | 'aged';
}

const ratios = <Name extends Me1SumName>(names: readonly Name[], x: RatioSums['x']): Record<Name, RatioSums> =>
  Object.fromEntries(names.map((name): [Name, RatioSums] => [name, { y: name, x }])) as Record<Name, RatioSums>;

/** Every ratio of `RATIO_NAMES` but `person`, which counts visits. */
export const RATIO_SUMS: Readonly<Record<Exclude<RatioName, 'person'>, RatioSums>> = {
  face: { y: 'absolute', x: 'samples' },
  frame: { y: 'absolute', x: 'frameShare' },
  male: { y: 'male', x: 'gendered' },
  ...ratios(AGE_BUCKETS, 'aged'),
  ...ratios(EMOTIONS, 'samples'),
  mood: { y: 'mood', x: 'samples' },
};

/** What rows of frames count, as fields of `FrameCount`; rows of the same second and place add up. */
export const FRAME_SUMS = ['analysed', 'withFaces', 'faces', 'still', 'late'] as const;
export type FrameSumName = (typeof FRAME_SUMS)[number];
