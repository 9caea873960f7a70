import type { AgeBucket } from '../../../contracts/me1.js';

/** Column of each age bucket's count. */
export const AGE_COLUMNS: Readonly<Record<AgeBucket, string>> = {
  '-20': 'age_0',
  '20-30': 'age_20',
  '30-40': 'age_30',
  '40-50': 'age_40',
  '50+': 'age_50',
};
