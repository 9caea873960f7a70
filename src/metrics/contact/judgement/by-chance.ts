import { answerTo } from './answer.js';
import type { CustomerCurve } from '../curves/customer-curve.js';
import type { ContactOptions } from '../options.js';

/** Moments closer to the onset than this share its response window, ms. */
const NEAREST_MS = 4000;
const LEAST_STEP_MS = 500;
/** More say hardly more, and a contact of half an hour must not cost seconds. */
const MOST_SHIFTS = 60;

/**
 * Share (0–1) of onsets shifted around the contact as on a circle, 4 s away and more, that this customer "answers" by the
 * same rule: what liveliness alone makes of it. Moments at which they smile already are left out, as they are for the
 * seller's smile; null where no moment is left. The shifts are the same at every run.
 */
export const answeredByChance = (
  onsetTs: number,
  curve: CustomerCurve,
  { startTs, endTs }: { readonly startTs: number; readonly endTs: number },
  options: ContactOptions,
): number | null => {
  const length = endTs - startTs;
  const judged = shiftsOf(length)
    .map((shift) => startTs + ((onsetTs - startTs + shift) % length))
    .map((ts) => answerTo(ts, curve, options).verdict)
    .filter((verdict) => verdict !== null && verdict !== 'already');
  if (judged.length === 0) return null;
  return judged.filter((verdict) => verdict === 'happy').length / judged.length;
};

/** Shifts evenly spread over [4 s, length − 4 s]. */
const shiftsOf = (length: number): number[] => {
  const room = length - 2 * NEAREST_MS;
  if (room < 0) return [];
  const count = Math.min(MOST_SHIFTS, Math.floor(room / LEAST_STEP_MS) + 1);
  return Array.from({ length: count }, (_, i) => NEAREST_MS + (room * (i + 0.5)) / count);
};
