import type { Period } from '../contracts/period.js';
import { EmoscopeError } from '../runtime/errors.js';
import { durationMs } from './duration.js';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from './units.js';

/** What charts choose from where nobody has chosen, ms. */
const STEPS_MS = [MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS, HOUR_MS, 6 * HOUR_MS, DAY_MS];

/** As many points as a chart shows apart. */
const CHART_POINTS = 200;

/** As many points of one camera as an answer holds. */
const MOST_POINTS = 10_000;

/** A bucket that gives the charts of a period at most about 200 points, ms. */
export const chartBucketMs = ({ fromTs, toTs }: Period): number => chartStepFor((toTs - fromTs) / CHART_POINTS);

/** The finest step of charts that is no shorter than this, ms; a day where there is none. */
export const chartStepFor = (shortestMs: number): number => STEPS_MS.find((step) => step >= shortestMs) ?? DAY_MS;

/** Milliseconds of a bucket such as `15m`; throws VALIDATION where the period has no point or over 10 000. */
export const bucketMsOf = (text: string, { fromTs, toTs }: Period): number => {
  const ms = durationMs(text);
  if (ms < SECOND_MS || (toTs - fromTs) / ms > MOST_POINTS) {
    throw new EmoscopeError('VALIDATION', {
      ru: 'С таким шагом точек нет или больше 10 000: выберите другой.',
      en: 'This bucket gives no points or more than 10 000; choose another one.',
    });
  }
  return ms;
};
