import type { BucketSums, Me1Aggregate, Me1Params, Me1Report, SeriesPoint } from '../../contracts/me1.js';
import type { SeriesRequest } from '../../api/ports.js';
import type { Bilingual } from '../../contracts/bilingual.js';
import { buildMe1, seriesOf, type Me1Input } from '../../metrics/me1.js';
import { checkMe1Params } from '../../metrics/me1-params.js';
import type { Covered } from '../../contracts/cell.js';
import type { Coverage } from '../../store/port.js';

import { chartBucketMs, chartStepFor } from '../../runtime/chart-bucket.js';
import { hullOf, isGuarded, merged, insideOf, releasedSpans } from '../cells/released.js';
import { coveredNotes, sizeNotes } from '../cells/covered-notes.js';
import { safeCells, sizeStepOf } from '../cells/safe-cells.js';
import { withCoarseDemographics, withDemographicsOf } from '../cells/demographics.js';
import type { Language } from '../../contracts/language.js';
import { formatMoment } from '../../report/time-format.js';
import { EmoscopeError } from '../../runtime/errors.js';
import type { LocalTime } from '../../runtime/local-time.js';
import { countingNotes } from './counting-notes.js';
import type { ReportSources } from './report-sources.js';

/** Configured streams, with those that only the store remembers behind them. */
export const namedStreams = async (sources: ReportSources, period: { fromTs: number; toTs: number }) => {
  const configured = sources.config().streams.map(({ id, name, role }) => ({ id, name: name ?? id, role }));
  const stored = await sources.store.streams(period);
  const gone = stored
    .filter(({ streamId }) => !configured.some(({ id }) => id === streamId))
    .map(({ streamId, role }) => ({ id: streamId, name: streamId, role }));
  return [...configured, ...gone.filter(({ id }, index) => gone.findIndex((other) => other.id === id) === index)];
};

/** What the reader must know about what the figures rest on. */
export const coverageNotes = (
  { missing, lost, threshold }: Coverage,
  asked: number,
  localTime: LocalTime,
): Bilingual[] => {
  const notes: Bilingual[] = [];
  if (missing !== null) {
    const span = (language: Language): string =>
      `${formatMoment(missing.fromTs, localTime, language)} – ${formatMoment(missing.toTs, localTime, language)}`;
    notes.push({
      ru: `За ${span('ru')} исходных отметок больше нет: эта часть периода не вошла в отчёт.`,
      en: `Raw samples of ${span('en')} have expired: this part of the period is not in the report.`,
    });
  }
  if (threshold !== asked) {
    notes.push({
      ru: `Отметки старше срока хранения сосчитаны при целом пороге T = ${threshold}.`,
      en: `Expired samples were counted at the whole threshold T = ${threshold}.`,
    });
  }
  const rows = lost.samples + lost.frames + lost.tracks + lost.contacts;
  if (rows > 0) {
    notes.push({
      ru: `Не записано строк из-за отказа диска: ${rows}.`,
      en: `Rows lost because the disk refused to write: ${rows}.`,
    });
  }
  return notes;
};

const chartSums = (row: BucketSums) => ({
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

const bucketStarts = ({ localTime }: ReportSources, period: { fromTs: number; toTs: number }, bucketMs: number) => {
  if ((period.toTs - period.fromTs) / bucketMs > MAX_BUCKETS) {
    throw new EmoscopeError('PERIOD_INVALID', {
      ru: `В периоде больше ${MAX_BUCKETS} шагов: выберите шаг длиннее.`,
      en: `The period holds more than ${MAX_BUCKETS} buckets; choose longer ones.`,
    });
  }
  return localTime.bucketStarts(period.fromTs, period.toTs, bucketMs);
};

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
  const asked = { ...params, ...hullOf(wide, params) };
  const [{ aggregates }, { rows }] = await Promise.all([
    sources.store.me1({ ...asked, within: merged(wide) }),
    sources.store.series({ ...asked, bucketStarts: dayStarts, within: wide }),
  ]);
  return { aggregates, days: rows };
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

/**
 * Where small groups are guarded the size of faces is one of a few steps, and frames are those of faces of any size: anything
 * else would tell people apart by it.
 */
const withSizeStep = (sources: ReportSources, params: Me1Params): Me1Params => {
  const { minFacePx, ...rest } = params;
  if (minFacePx === undefined || !isGuarded(sources)) return params;
  return minFacePx <= 0 ? rest : { ...rest, minFacePx: sizeStepOf(minFacePx), framesOfAnySize: true };
};

const DAY_MS = 24 * 3_600_000;

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
        ...params,
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
  const { input, covered } = await me1Input(sources, params, bucketMs, notes);
  return portraitOf(input, covered);
};

/** The report as far as small groups stay hidden. */
export const portraitOf = (input: Me1Input, covered: readonly Covered[] | null): Me1Report => {
  const report = buildMe1(input);
  return covered === null ? report : { ...withCoarseDemographics(report), covered };
};

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
