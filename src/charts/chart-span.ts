import type { Me1Report, SeriesPoint } from '../contracts/figures/me1-schema.js';

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

/**
 * How far apart two points of a line may be, ms, before it breaks off there: nothing was measured in between, as at night. A
 * local day may last 25 hours; and where figures are made of whole intervals, one of these may take two steps.
 */
export const chartBreakMs = ({ bucketMs, covered }: Pick<Me1Report, 'bucketMs' | 'covered'>): number =>
  (covered === undefined ? 1.5 : 2.5) * bucketMs;
