import { AGE_BUCKETS, type AgeBucket } from '../contracts/me1.js';

const UPPER_YEARS: readonly number[] = [20, 30, 40, 50];

/** The half-open bucket of an age in years: 20 belongs to 20–30. */
export const ageBucketOf = (ageYears: number): AgeBucket => {
  const index = UPPER_YEARS.findIndex((upper) => ageYears < upper);
  return AGE_BUCKETS[index === -1 ? AGE_BUCKETS.length - 1 : index] ?? '50+';
};

/** P(male) of one half and more is male. */
export const isMale = (gender: number): boolean => gender >= 0.5;

/** A count of zero for every age bucket. */
export const noAges = (): Record<AgeBucket, number> => ({ '-20': 0, '20-30': 0, '30-40': 0, '40-50': 0, '50+': 0 });
