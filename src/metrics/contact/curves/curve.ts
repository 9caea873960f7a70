import { median } from '../../statistics/quantile.js';

/** One measurement of a curve; null where the face was not measured in that frame. */
export interface Reading {
  /** Epoch ms UTC. */
  readonly ts: number;
  readonly value: number | null;
}

/** Measurements further apart than this are not joined by a line. */
const JOIN_MS = 1000;
/** Of a camera slower than that, neighbouring frames are: up to so many usual steps, and never more than so much. */
const JOIN_STEPS = 1.5;
const JOIN_MOST_MS = 3000;

type Measured = Reading & { readonly value: number };

/** Readings with a measurement, in order of time. */
export const measuredOf = (curve: readonly Reading[]): Measured[] =>
  curve.filter((reading): reading is Measured => reading.value !== null);

/** Value on the line between the two measurements around `ts`, or null where they are more than a second apart. */
export const valueAt = (measured: readonly Measured[], ts: number): number | null => {
  const after = firstAtOrAfter(measured, ts);
  const next = measured[after];
  if (next?.ts === ts) return next.value;
  const previous = measured[after - 1];
  if (previous === undefined || next === undefined) return nearestEnd(previous ?? next, ts);
  if (next.ts - previous.ts > JOIN_MS) return null;
  return previous.value + ((ts - previous.ts) / (next.ts - previous.ts)) * (next.value - previous.value);
};

const nearestEnd = (only: Measured | undefined, ts: number): number | null =>
  only !== undefined && Math.abs(only.ts - ts) <= JOIN_MS / 4 ? only.value : null;

/** Index of the first reading at or after `ts`; the length where there is none. */
export const firstAtOrAfter = (measured: readonly { readonly ts: number }[], ts: number): number => {
  let low = 0;
  let high = measured.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((measured[middle]?.ts ?? Infinity) < ts) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** A stretch in which a curve stays at or above a level. */
export interface Excursion {
  /** Upward crossing, interpolated between samples; the first sample where the curve begins above. */
  readonly startTs: number;
  /** Downward crossing, likewise. */
  readonly endTs: number;
  readonly peak: number;
  readonly peakTs: number;
  /** The upward crossing was seen: a measurement below the level lies right before it. */
  readonly crossed: boolean;
}

/** Usual time between two readings, ms; null for fewer than two. */
export const usualStep = (readings: readonly { readonly ts: number }[]): number | null =>
  median(readings.slice(1).map(({ ts }, index) => ts - (readings[index]?.ts ?? ts)));

/** Excursions to `level` and above that last `minMs`; those less than `mergeMs` apart are one. */
export const excursions = (
  curve: readonly Reading[],
  level: number,
  { minMs, mergeMs }: { readonly minMs: number; readonly mergeMs: number },
): Excursion[] => {
  const long = rawExcursions(measuredOf(curve), level).filter(({ startTs, endTs }) => endTs - startTs >= minMs);
  return long.reduce<Excursion[]>((merged, next) => {
    const last = merged.at(-1);
    if (last === undefined || next.startTs - last.endTs >= mergeMs) return [...merged, next];
    const higher = next.peak > last.peak ? next : last;
    const { startTs, crossed } = last;
    return [...merged.slice(0, -1), { ...higher, startTs, crossed, endTs: next.endTs }];
  }, []);
};

const rawExcursions = (measured: readonly Measured[], level: number): Excursion[] => {
  const joinMs = Math.min(JOIN_MOST_MS, Math.max(JOIN_MS, JOIN_STEPS * (usualStep(measured) ?? 0)));
  const found: Excursion[] = [];
  let open: Excursion | null = null;
  let previous: Measured | null = null;
  for (const reading of measured) {
    const joined = previous !== null && reading.ts - previous.ts <= joinMs ? previous : null;
    if (open !== null && (joined === null || reading.value < level)) {
      found.push(joined === null ? open : { ...open, endTs: crossing(joined, reading, level) });
      open = null;
    }
    if (reading.value >= level) open = extended(open, reading, joined, level);
    previous = reading;
  }
  return open === null ? found : [...found, open];
};

const extended = (open: Excursion | null, at: Measured, previous: Measured | null, level: number): Excursion => {
  if (open === null) {
    const startTs = previous === null ? at.ts : crossing(previous, at, level);
    return { startTs, endTs: at.ts, peak: at.value, peakTs: at.ts, crossed: previous !== null };
  }
  return at.value > open.peak ? { ...open, endTs: at.ts, peak: at.value, peakTs: at.ts } : { ...open, endTs: at.ts };
};

const crossing = (a: Measured, b: Measured, level: number): number =>
  a.value === b.value ? b.ts : a.ts + ((level - a.value) / (b.value - a.value)) * (b.ts - a.ts);
