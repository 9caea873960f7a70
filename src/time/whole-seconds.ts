import type { Period } from '../contracts/period.js';
import { SECOND_MS } from './units.js';

/**
 * The period in whole seconds, each end moved to the next one: frames are counted per second, so samples, frames and
 * visits of a period that begins or ends within a second are all told apart by the second they are in.
 */
export const wholeSeconds = <P extends Period>(period: P): P => ({
  ...period,
  fromTs: Math.ceil(period.fromTs / SECOND_MS) * SECOND_MS,
  toTs: Math.ceil(period.toTs / SECOND_MS) * SECOND_MS,
});
