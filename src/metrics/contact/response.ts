import type { SmileResponse, Verdict } from '../../contracts/contact.js';
import type { EmotionScores } from '../../contracts/emotion.js';
import { median } from '../statistics/quantile.js';
import { excursions, type Excursion } from './curve.js';
import type { ContactOptions } from './options.js';
import { blueOf, curveOf, redOf, type ContactRecord, type CustomerReading } from './record.js';

interface Measured {
  readonly ts: number;
  readonly raw: EmotionScores;
}

/** The seller's smiles that fall into the contact; one already on at arrival counts from arrival. */
export const sellerSmiles = ({ seller, startTs, endTs }: ContactRecord, options: ContactOptions): Excursion[] =>
  excursions(seller, options.sellerSmile, { minMs: options.sellerSmileMinMs, mergeMs: options.sellerSmileMinMs })
    .map((smile) => ({ ...smile, startTs: Math.max(smile.startTs, startTs) }))
    .filter((smile) => smile.startTs <= endTs && smile.endTs - smile.startTs >= options.sellerSmileMinMs);

/** What the customer's face did in the window after the onset of one smile. */
export const responseTo = (smile: Excursion, record: ContactRecord, options: ContactOptions): SmileResponse => {
  const onsetTs = smile.startTs;
  const inWindow = ({ ts }: CustomerReading): boolean => ts >= onsetTs && ts <= onsetTs + options.responseWindowMs;
  const frames = record.customer.filter(inWindow);
  const measured = frames.filter((frame): frame is CustomerReading & Measured => frame.raw !== null);
  const measuredShare = measured.length / Math.max(1, frames.length, expectedFrames(record, options.responseWindowMs));
  const top = peakOf(measured);
  const means = {
    greenMean: meanOf(measured, (e) => e.happiness),
    blueMean: meanOf(measured, blueOf),
    redMean: meanOf(measured, redOf),
  };
  return {
    onsetTs,
    endTs: smile.endTs,
    measuredShare,
    qualified: measuredShare >= options.minMeasuredShare,
    verdict: verdictOf(top, means, options),
    peak: top?.value ?? null,
    peakDelayMs: top === null ? null : top.ts - onsetTs,
    latencyMs: latencyOf(onsetTs, record, options),
    ...means,
  };
};

/** Does green lie above blue and red here? */
const greenOnTop = (e: EmotionScores): boolean => e.happiness > blueOf(e) && e.happiness > redOf(e);

type Means = Pick<SmileResponse, 'greenMean' | 'blueMean' | 'redMean'>;

/** Happy: green above blue and red at a peak of at least 40. Unhappy: no such peak, and green's mean 10 under theirs. */
const verdictOf = (top: Peak | null, means: Means, options: ContactOptions): Verdict => {
  if (top?.onTop === true && top.value >= options.customerPeak) return 'happy';
  const { greenMean, blueMean, redMean } = means;
  if (greenMean === null || blueMean === null || redMean === null) return 'indifferent';
  return greenMean <= Math.max(blueMean, redMean) - options.unhappyMargin ? 'unhappy' : 'indifferent';
};

/** A peak is reached where green comes within this of its highest, points: on a plateau, its beginning. */
const PLATEAU = 1;

interface Peak {
  readonly value: number;
  readonly ts: number;
  /** Green lies above blue and red there. */
  readonly onTop: boolean;
}

/** The highest green; where green lies on top anywhere, the highest of those moments. */
const peakOf = (measured: readonly Measured[]): Peak | null => {
  const above = measured.filter(({ raw }) => greenOnTop(raw));
  const candidates = above.length > 0 ? above : measured;
  const value = Math.max(...candidates.map(({ raw }) => raw.happiness));
  const reached = candidates.find(({ raw }) => raw.happiness >= value - PLATEAU);
  return reached === undefined ? null : { value, ts: reached.ts, onTop: above.length > 0 };
};

const meanOf = (measured: readonly Measured[], valueOf: (e: EmotionScores) => number): number | null =>
  measured.length === 0 ? null : measured.reduce((sum, { raw }) => sum + valueOf(raw), 0) / measured.length;

/** Frames that a window should hold at the camera's usual rate, so that a stalled camera does not count as measured. */
const expectedFrames = ({ customer }: ContactRecord, windowMs: number): number => {
  const steps = customer.slice(1).map((frame, index) => frame.ts - (customer[index]?.ts ?? frame.ts));
  const usual = median(steps);
  return usual === null || usual <= 0 ? 0 : Math.floor(windowMs / usual);
};

/** Onset to the customer's upward crossing of the peak level inside the window; null without one. */
const latencyOf = (onsetTs: number, record: ContactRecord, options: ContactOptions): number | null => {
  const green = curveOf(record.customer, 'raw', (e) => e.happiness);
  const crossings = excursions(green, options.customerPeak, { minMs: 0, mergeMs: 0 });
  const first = crossings.find(({ startTs }) => startTs >= onsetTs && startTs <= onsetTs + options.responseWindowMs);
  return first === undefined ? null : first.startTs - onsetTs;
};
