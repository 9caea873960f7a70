import type { BucketSums, Me1Params } from '../../contracts/me1.js';
import type { Period } from '../../contracts/period.js';
import { chartBucketMs, chartStepFor } from '../../time/bucket.js';
import { EmoscopeError } from '../../runtime/errors.js';
import { isGuarded } from '../released/released.js';
import type { ReportSources } from '../report-sources.js';

/** The sums of a bucket that charts are drawn from. */
export const chartSums = (row: BucketSums) => ({
  ts: row.ts,
  streamId: row.streamId,
  role: row.role,
  analysedFrames: row.analysedFrames,
  framesWithFaces: row.framesWithFaces,
  samples: row.samples,
  absolute: row.absolute,
  happinessSum: row.emotionSums.happiness,
  visitors: row.visitors,
  smilingVisitors: row.smilingVisitors,
});

/** More points than this make a chart no one can read and an answer no one wants to wait for. */
const MAX_BUCKETS = 20_000;

/** Starts of the buckets of a period; throws PERIOD_INVALID for too many. */
export const bucketStarts = ({ localTime }: ReportSources, period: Period, bucketMs: number) => {
  if ((period.toTs - period.fromTs) / bucketMs > MAX_BUCKETS) {
    throw new EmoscopeError('PERIOD_INVALID', {
      ru: `В периоде больше ${MAX_BUCKETS} шагов: выберите шаг длиннее.`,
      en: `The period holds more than ${MAX_BUCKETS} buckets; choose longer ones.`,
    });
  }
  return localTime.bucketStarts(period.fromTs, period.toTs, bucketMs);
};

/** Share of the intervals that a step of charts is no shorter than. */
const MOST_CELLS = 0.75;

/**
 * Buckets for charts of a period: as fine as what there is in it allows, so that a young store shows a line; where figures
 * are made of whole intervals no finer than most of these, which would be single points with gaps between them.
 */
export const chartBuckets = async (sources: ReportSources, period: Me1Params): Promise<number> => {
  const fine = chartBucketMs((await sources.store.filled(period)) ?? period);
  if (!isGuarded(sources)) return fine;
  const minVisitors = sources.config().privacy.kAnonymity;
  const { fromTs, toTs } = period;
  const cells = { fromTs, toTs, kind: 'view', level: 'cell', minVisitors } as const;
  const length = await sources.store.cellLength({ ...cells, share: MOST_CELLS });
  return Math.max(fine, chartStepFor(length ?? fine));
};
