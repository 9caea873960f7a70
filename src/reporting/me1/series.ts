import type { Me1Params, SeriesRequest } from '../../contracts/me1.js';
import type { SeriesPoint } from '../../contracts/figures/me1-schema.js';
import { checkMe1Params } from '../../metrics/faces/me1/me1-params.js';
import { seriesOf } from '../../metrics/faces/me1/me1.js';
import { namedStreams } from '../named-streams.js';
import { hullOf, releasedSpans } from '../released/released.js';
import type { ReportSources } from '../report-sources.js';
import { bucketStarts, chartSums } from './chart-buckets.js';

/** The chart points of a period. */
export const seriesFromStore = async (sources: ReportSources, request: SeriesRequest): Promise<SeriesPoint[]> => {
  const { role, bucketMs, streams, fromTs, toTs, threshold, smileIndex } = request;
  const known = await namedStreams(sources, request);
  const params: Me1Params = { fromTs, toTs, streams, threshold, smileIndex, ...(role === null ? {} : { role }) };
  checkMe1Params(
    params,
    known.map(({ id }) => id),
  );
  const starts = bucketStarts(sources, params, bucketMs);
  const within = await releasedSpans(sources, params, starts);
  const { rows } = await sources.store.series({
    ...params,
    bucketStarts: starts,
    ...(within === null ? {} : { ...hullOf(within, params), within }),
  });
  return seriesOf(rows.map(chartSums), params, sources.localTime, bucketMs);
};
