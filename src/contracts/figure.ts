/** A figure with its 95 % interval; null where nothing was measured or the interval is unknown. */
export interface Figure {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** What a figure is counted in: share 0–1, percent 0–100, points of a 0–100 scale, index −1…1, years, ms, a bare count. */
export const UNITS = ['share', 'percent', 'points', 'index', 'years', 'ms', 'count', 'rate'] as const;
export type Unit = (typeof UNITS)[number];
