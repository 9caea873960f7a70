import type { AgeBucket } from '../../contracts/me1.js';

/** A count of zero for every age bucket. */
export const noAges = (): Record<AgeBucket, number> => ({ '-20': 0, '20-30': 0, '30-40': 0, '40-50': 0, '50+': 0 });
