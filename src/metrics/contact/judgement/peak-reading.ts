import type { PeakVerdict } from '../../../contracts/contact.js';
import type { CurveValues, CustomerCurve } from '../curves/customer-curve.js';
import { greenOnTop } from '../curves/customer-curve.js';
import type { Excursion } from '../curves/curve.js';
import type { ContactOptions } from '../options.js';

const RANK: readonly PeakVerdict[] = ['happy', 'unhappy', 'indifferent'];

/**
 * The literal reading: happy if green peaks above blue and red after any smile, else unhappy if green lies under them
 * after any, else indifferent; null where no window was measured. It knows no second before and single raw frames decide.
 */
export const peakVerdictOf = (
  smiles: readonly Excursion[],
  curve: CustomerCurve,
  options: ContactOptions,
): PeakVerdict | null => {
  const verdicts = smiles.flatMap(({ startTs }) => verdictAfter(startTs, curve, options) ?? []);
  return RANK.find((verdict) => verdicts.includes(verdict)) ?? null;
};

const verdictAfter = (fromTs: number, curve: CustomerCurve, options: ContactOptions): PeakVerdict | null => {
  const toTs = fromTs + options.responseWindowMs;
  if (curve.measuredShare(fromTs, toTs) < options.minMeasuredShare) return null;
  const window = curve.within(fromTs, toTs);
  if (window.some((values) => greenOnTop(values) && values.green >= options.customerPeak)) return 'happy';
  const mean = (key: 'green' | 'blue' | 'red'): number => meanOf(window, key);
  return mean('green') <= Math.max(mean('blue'), mean('red')) - options.unhappyMargin ? 'unhappy' : 'indifferent';
};

const meanOf = (window: readonly CurveValues[], key: 'green' | 'blue' | 'red'): number =>
  window.reduce((sum, values) => sum + values[key], 0) / window.length;
