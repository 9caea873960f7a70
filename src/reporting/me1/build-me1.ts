import type { Bilingual } from '../../contracts/bilingual.js';
import type { Covered } from '../../contracts/cell.js';
import type { BucketSums, Me1Aggregate, Me1Params } from '../../contracts/me1.js';
import type { Me1Report } from '../../contracts/figures/me1-schema.js';
import type { SpotCheckError } from '../../contracts/figures/spot-check-schema.js';
import { buildMe1, type Me1Input } from '../../metrics/faces/me1/me1.js';
import { checkMe1Params } from '../../metrics/faces/me1/me1-params.js';
import { namedStreams } from '../named-streams.js';
import { countingNotes } from '../notes/counting-notes.js';
import { coverageNotes } from '../notes/coverage-notes.js';
import { coveredNotes, sizeNotes } from '../notes/covered-notes.js';
import { withCoarseDemographics, withDemographicsOf } from '../released/demographics.js';
import { hullOf, insideOf, isGuarded, merged, releasedSpans } from '../released/released.js';
import { safeCells, sizeStepOf } from '../released/safe-cells.js';
import type { ReportSources } from '../report-sources.js';
import { spotCheckNote } from '../spot-checks/spot-check-words.js';
import { measuredError } from '../spot-checks/spot-checks.js';
import { bucketStarts, chartBuckets, chartSums } from './chart-buckets.js';
import { DAY_MS } from '../../time/units.js';
import { FIGURE_WORDS } from '../../contracts/words.js';

/** The intervals that a report is answered from, whole and by bucket; null: everything. */
const releasedFor = async (sources: ReportSources, params: Me1Params, starts: readonly number[]) => {
  const all = await releasedSpans(sources, params, starts);
  if (all === null) return null;
  const { streams = [], role, zoneId, minFacePx } = params;
  const isAsked = (one: Covered): boolean =>
    (streams.length === 0 || streams.includes(one.streamId)) && (role === undefined || role === one.role);
  const bucketed = all.filter(isAsked);
  if (zoneId === undefined && minFacePx === undefined) {
    const within = merged(bucketed);
    return { within, buckets: bucketed, hull: hullOf(within, params) };
  }
  const cells = (await safeCells(sources, params)).filter(isAsked);
  const bucketOf = insideOf(bucketed);
  const buckets = cells.flatMap((cell) => {
    const span = bucketOf({ ...cell, startTs: cell.fromTs });
    const bucketTs = bucketed.find((one) => one === span)?.bucketTs;
    return bucketTs === undefined ? [] : [{ ...cell, bucketTs }];
  });
  const within = merged(cells);
  return { within, buckets, hull: hullOf(within, params) };
};

interface Demographics {
  readonly aggregates: readonly Me1Aggregate[];
  readonly days: readonly BucketSums[];
}

/** Gender and age come from larger unions of cells, and never of a zone or of faces by size. */
const demographicsOf = async (
  sources: ReportSources,
  params: Me1Params,
  dayStarts: readonly number[],
): Promise<Demographics> => {
  const { zoneId, minFacePx } = params;
  const wide = await releasedSpans(sources, params, dayStarts, 'wide');
  if (wide === null || wide.length === 0 || zoneId !== undefined || minFacePx !== undefined) {
    return { aggregates: [], days: [] };
  }
  const asked = { ...params, ...hullOf(wide, params), wanted: 'demographics' } as const;
  const [{ aggregates }, { rows }] = await Promise.all([
    sources.store.me1({ ...asked, within: merged(wide) }),
    sources.store.series({ ...asked, bucketStarts: dayStarts, within: wide }),
  ]);
  return { aggregates, days: rows };
};

/**
 * Where small groups are guarded the size of faces is one of a few steps, and frames are those of faces of any size: anything
 * else would tell people apart by it.
 */
const withSizeStep = (sources: ReportSources, params: Me1Params): Me1Params => {
  const { minFacePx, ...rest } = params;
  if (minFacePx === undefined || !isGuarded(sources)) return params;
  return minFacePx <= 0 ? rest : { ...rest, minFacePx: sizeStepOf(minFacePx), framesOfAnySize: true };
};

/** What МЭ-1 is built from, and the intervals it may be answered from; throws PERIOD_INVALID, STREAM_UNKNOWN or THRESHOLD_INVALID. */
export const me1Input = async (
  sources: ReportSources,
  asked: Me1Params,
  wantedBucketMs: number | null,
  notes: readonly Bilingual[] = [],
): Promise<{ readonly input: Me1Input; readonly covered: readonly Covered[] | null }> => {
  const params = withSizeStep(sources, asked);
  const { store, localTime, clock } = sources;
  const known = await namedStreams(sources, params);
  checkMe1Params(
    params,
    known.map(({ id }) => id),
  );
  const wanted = params.streams ?? [];
  const bucketMs = wantedBucketMs ?? (await chartBuckets(sources, params));
  // Days are the unit of the intervals: where the charts take longer buckets, the sums are asked for by day.
  const starts = bucketStarts(sources, params, Math.min(bucketMs, DAY_MS));
  const dayStarts = bucketStarts(sources, params, DAY_MS);
  const released = await releasedFor(sources, params, starts);
  const [answer, series, demographics, counted] = await Promise.all([
    store.me1(released === null ? params : { ...params, ...released.hull, within: released.within }),
    store.series({
      ...params,
      bucketStarts: starts,
      ...(released === null ? {} : { ...released.hull, bucketStarts: starts, within: released.buckets }),
    }),
    released === null ? null : demographicsOf(sources, params, dayStarts),
    countingNotes(
      sources.store,
      {
        fromTs: params.fromTs,
        toTs: params.toTs,
        streams: wanted,
        ...(params.zoneId === undefined ? {} : { zoneId: params.zoneId }),
        ...(params.role === undefined ? {} : { roles: [params.role] }),
        ...(released === null ? {} : { ...released.hull, within: released.within }),
      },
      known,
      { several: true, k: sources.config().privacy.kAnonymity },
    ),
  ]);
  const input: Me1Input = {
    params,
    aggregates:
      demographics === null ? answer.aggregates : withDemographicsOf(answer.aggregates, demographics.aggregates),
    repeats: answer.repeats,
    series: series.rows.map(chartSums),
    days: series.rows,
    ...(demographics === null ? {} : { demographicDays: demographics.days }),
    streams: known.filter(
      ({ id, role }) =>
        (wanted.length === 0 || wanted.includes(id)) && (params.role === undefined || role === params.role),
    ),
    totalName: FIGURE_WORDS.total.ru,
    localTime,
    bucketMs,
    generatedTs: clock.now(),
    notes: [
      ...notes,
      ...coverageNotes(answer.coverage, params.threshold, localTime),
      ...(released === null ? [] : sizeNotes(asked, params)),
      ...(released === null ? [] : coveredNotes(sources, params, released.within, clock.now())),
      ...counted,
    ],
  };
  return { input, covered: released === null ? null : released.within };
};

/** МЭ-1 from the store; throws PERIOD_INVALID, STREAM_UNKNOWN or THRESHOLD_INVALID. */
export const me1FromStore = async (
  sources: ReportSources,
  params: Me1Params,
  bucketMs: number | null,
  notes: readonly Bilingual[] = [],
): Promise<Me1Report> => {
  const [{ input, covered }, error] = await Promise.all([
    me1Input(sources, params, bucketMs, notes),
    errorBeside(sources, params),
  ]);
  const report = portraitOf(input, covered);
  return error === null ? report : { ...report, notes: [...report.notes, spotCheckNote(error)], spotChecks: error };
};

/** The error that people measured; they count all visitors of a view, and neither a zone's nor sellers. */
const errorBeside = async (
  sources: ReportSources,
  { fromTs, toTs, streams = [], role, zoneId, minFacePx }: Me1Params,
): Promise<SpotCheckError | null> =>
  role !== undefined || zoneId !== undefined || minFacePx !== undefined
    ? null
    : measuredError(sources, { fromTs, toTs, streams });

/** The report as far as small groups stay hidden. */
export const portraitOf = (input: Me1Input, covered: readonly Covered[] | null): Me1Report => {
  const report = buildMe1(input);
  return covered === null ? report : { ...withCoarseDemographics(report), covered };
};
