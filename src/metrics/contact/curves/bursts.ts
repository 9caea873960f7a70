import type { Burst } from '../../../contracts/contact.js';
import type { EmotionScores } from '../../../contracts/emotion.js';
import { median } from '../../statistics/quantile.js';
import { excursions, measuredOf } from './curve.js';
import type { ContactOptions } from '../options.js';
import { curveOf, negativeOf, type CustomerReading } from '../record.js';

/** Median of the customer's smoothed curve over the first measured 2 s: where this person started from. */
export const baselineOf = (
  customer: readonly CustomerReading[],
  valueOf: (e: EmotionScores) => number,
  { baselineMs }: Pick<ContactOptions, 'baselineMs'>,
): number | null => {
  const measured = measuredOf(curveOf(customer, 'smoothed', valueOf));
  const [first] = measured;
  if (first === undefined) return null;
  return median(measured.filter(({ ts }) => ts <= first.ts + baselineMs).map(({ value }) => value));
};

/** The customer's bursts of positive and negative expression over their own baseline, in order of time. */
export const burstsOf = (customer: readonly CustomerReading[], options: ContactOptions): Burst[] => {
  const limits = { minMs: options.burstMinMs, mergeMs: options.burstMinMs };
  const ofKind = (kind: Burst['kind'], valueOf: (e: EmotionScores) => number): Burst[] => {
    const baseline = baselineOf(customer, valueOf, options);
    if (baseline === null) return [];
    const curve = curveOf(customer, 'smoothed', valueOf);
    return excursions(curve, baseline + options.burstRise, limits).map(({ startTs, endTs, peak }) => ({
      kind,
      startTs,
      endTs,
      rise: peak - baseline,
    }));
  };
  const all = [...ofKind('positive', (e) => e.happiness), ...ofKind('negative', negativeOf)];
  return all.sort((a, b) => a.startTs - b.startTs);
};
