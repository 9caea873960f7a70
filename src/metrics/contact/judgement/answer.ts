import type { SmileAnswer, Verdict } from '../../../contracts/contact.js';
import { median } from '../../statistics/quantile.js';
import { displeasureOf, greenOnTop, type CurveValues, type CustomerCurve } from '../curves/customer-curve.js';
import { firstAtOrAfter } from '../curves/curve.js';
import type { ContactOptions } from '../options.js';

/** A peak is reached where green comes within this of its highest, points: on a plateau, its beginning. */
const PLATEAU = 1;
/** Nobody answers a smile within this; a crossing as early is no reaction time. */
const SHORTEST_LATENCY_MS = 200;

/** Compares the response window after `onsetTs` with the customer's own second before it. */
export const answerTo = (onsetTs: number, curve: CustomerCurve, options: ContactOptions): SmileAnswer => {
  const windowEnd = onsetTs + options.responseWindowMs;
  const beforeFrom = onsetTs - curve.atLeastFrames(options.beforeMs);
  const measuredShare = curve.measuredShare(onsetTs, windowEnd);
  const measuredBefore = curve.measuredShare(beforeFrom, onsetTs);
  const before = curve.within(beforeFrom, onsetTs);
  const b = median(before.map(({ green }) => green));
  const qualified = b !== null && Math.min(measuredShare, measuredBefore) >= options.minMeasuredShare;
  const growth = growthOf(before, curve.within(onsetTs, windowEnd));
  const reply = b === null ? null : replyIn(onsetTs, windowEnd, b, curve, options);
  const top = peakIn(onsetTs, windowEnd, curve);
  return {
    measuredShare,
    measuredBefore,
    qualified,
    verdict: qualified ? verdictOf(b, reply !== null, growth, options) : null,
    before: b,
    peak: top?.green ?? null,
    peakDelayMs: top === null ? null : top.ts - onsetTs,
    latencyMs: qualified && reply !== null ? latencyOf(reply - onsetTs) : null,
    displeasureGrowth: growth,
  };
};

const verdictOf = (b: number, replied: boolean, growth: number | null, options: ContactOptions): Verdict => {
  if (b >= options.customerPeak) return 'already';
  if (replied) return 'happy';
  return growth !== null && growth >= options.unhappyMargin ? 'unhappy' : 'indifferent';
};

const latencyOf = (ms: number): number | null => (ms >= SHORTEST_LATENCY_MS ? ms : null);

/** Medians on both sides, so that no single frame makes a customer unhappy. */
const growthOf = (before: readonly CurveValues[], after: readonly CurveValues[]): number | null => {
  const [from, to] = [median(before.map(displeasureOf)), median(after.map(displeasureOf))];
  return from === null || to === null ? null : to - from;
};

/**
 * When smoothed green crosses the level after the onset and, before it falls under it again, lies above blue and red
 * there, high enough over the second before; null where it never does. A curve that is up at the onset must come down first.
 */
const replyIn = (
  fromTs: number,
  toTs: number,
  b: number,
  curve: CustomerCurve,
  { customerPeak, responseRise }: ContactOptions,
): number | null => {
  if (b >= customerPeak) return null;
  const { smoothed } = curve;
  let crossedTs: number | null = null;
  for (let i = firstAtOrAfter(smoothed, fromTs); i < smoothed.length; i += 1) {
    const at = smoothed[i];
    if (at === undefined || at.ts > toTs) return null;
    if (at.green < customerPeak) {
      crossedTs = null;
      continue;
    }
    crossedTs ??= crossingOf(smoothed[i - 1], at, customerPeak);
    if (crossedTs !== null && crossedTs > fromTs && at.green >= b + responseRise && greenOnTop(at)) return crossedTs;
  }
  return null;
};

/** The moment of an upward crossing between two neighbours; null where the curve was up before. */
const crossingOf = (from: CurveValues | undefined, to: CurveValues, level: number): number | null => {
  if (from === undefined || from.green >= level) return null;
  return from.ts + ((level - from.green) / (to.green - from.green)) * (to.ts - from.ts);
};

/** The highest smoothed green; where green lies on top anywhere, the highest of those moments. */
const peakIn = (fromTs: number, toTs: number, { smoothed }: CustomerCurve): CurveValues | null => {
  const window = smoothed.slice(firstAtOrAfter(smoothed, fromTs), firstAtOrAfter(smoothed, toTs));
  const above = window.filter(greenOnTop);
  const candidates = above.length > 0 ? above : window;
  const highest = candidates.reduce((most, { green }) => Math.max(most, green), -Infinity);
  return candidates.find(({ green }) => green >= highest - PLATEAU) ?? null;
};
