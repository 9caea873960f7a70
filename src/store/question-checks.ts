import { EmoscopeError } from '../runtime/errors.js';
import type { Period } from '../contracts/period.js';

/** Throws PERIOD_INVALID for an empty or reversed period. */
export const checkPeriod = ({ fromTs, toTs }: Period): void => {
  if (Number.isFinite(fromTs) && Number.isFinite(toTs) && fromTs < toTs) return;
  throw new EmoscopeError('PERIOD_INVALID', 'The period is empty or reversed', { details: { fromTs, toTs } });
};

/** Throws THRESHOLD_INVALID unless 0 ≤ T ≤ 100. */
export const checkThreshold = (threshold: number): void => {
  if (threshold >= 0 && threshold <= 100) return;
  throw new EmoscopeError('THRESHOLD_INVALID', 'The threshold T must be a number from 0 to 100');
};
