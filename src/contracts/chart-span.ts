import type { SeriesPoint } from './me1.js';

/** A part that fills less of a period than this is shown by itself. */
const FILLED_SHARE = 0.25;

/**
 * What the time axis of a chart shows: the period, or, where only a small part of it holds points, as in a store that is
 * an hour old, that part with one bucket around it.
 */
export const chartSpan = (
  series: readonly Pick<SeriesPoint, 'ts' | 'analysedFrames'>[],
  { fromTs, toTs }: { readonly fromTs: number; readonly toTs: number },
  bucketMs: number,
): { readonly fromTs: number; readonly toTs: number } => {
  const times = series.filter(({ analysedFrames }) => analysedFrames > 0).map(({ ts }) => ts);
  if (times.length === 0) return { fromTs, toTs };
  const first = times.reduce((least, ts) => Math.min(least, ts));
  const last = times.reduce((most, ts) => Math.max(most, ts));
  const filled = { fromTs: Math.max(fromTs, first - bucketMs), toTs: Math.min(toTs, last + 2 * bucketMs) };
  return filled.toTs - filled.fromTs < FILLED_SHARE * (toTs - fromTs) ? filled : { fromTs, toTs };
};
