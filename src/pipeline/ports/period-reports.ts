import type { Me1Params, Me1Report, SeriesPoint } from '../../contracts/me1.js';
import type { SeriesRequest } from '../../api/ports.js';
import type { Bilingual } from '../../contracts/bilingual.js';
import { buildMe1, seriesOf } from '../../metrics/me1.js';
import { checkMe1Params } from '../../metrics/me1-params.js';
import type { LocalTime } from '../../runtime/local-time.js';
import type { Coverage, SeriesRow, Store } from '../../store/port.js';
import { EmoscopeError } from '../../runtime/errors.js';
import type { Clock } from '../../runtime/clock.js';
import type { Config } from '../../config/schema.js';

export interface ReportSources {
  readonly store: Store;
  /** The configuration of this moment: names and order of streams. */
  readonly config: () => Config;
  readonly localTime: LocalTime;
  readonly clock: Clock;
}

/** Configured streams, with those that only the store remembers behind them. */
export const namedStreams = async (sources: ReportSources, period: { fromTs: number; toTs: number }) => {
  const configured = sources.config().streams.map(({ id, name, role }) => ({ id, name: name ?? id, role }));
  const stored = await sources.store.streams(period);
  const gone = stored
    .filter(({ streamId }) => !configured.some(({ id }) => id === streamId))
    .map(({ streamId, role }) => ({ id: streamId, name: streamId, role }));
  return [...configured, ...gone.filter(({ id }, index) => gone.findIndex((other) => other.id === id) === index)];
};

const wordsOf = (ts: number, language: string, timeZone: string): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'short', timeZone }).format(ts);

/** What the reader must know about what the figures rest on. */
export const coverageNotes = ({ missing, lost, threshold }: Coverage, asked: number, timeZone: string): Bilingual[] => {
  const notes: Bilingual[] = [];
  if (missing !== null) {
    const span = (language: string): string =>
      `${wordsOf(missing.fromTs, language, timeZone)} – ${wordsOf(missing.toTs, language, timeZone)}`;
    notes.push({
      ru: `За ${span('ru')} исходных замеров больше нет: эта часть периода не вошла в отчёт.`,
      en: `Raw samples of ${span('en')} have expired: this part of the period is not in the report.`,
    });
  }
  if (threshold !== asked) {
    notes.push({
      ru: `Замеры старше срока хранения сосчитаны при целом пороге T = ${threshold}.`,
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

const sumsOf = (row: SeriesRow) => ({
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
    throw new EmoscopeError('PERIOD_INVALID', `The period holds more than ${MAX_BUCKETS} buckets; choose longer ones.`);
  }
  return localTime.bucketStarts(period.fromTs, period.toTs, bucketMs);
};

/** МЭ-1 from the store; throws PERIOD_INVALID, STREAM_UNKNOWN or THRESHOLD_INVALID. */
export const me1FromStore = async (
  sources: ReportSources,
  params: Me1Params,
  bucketMs: number,
  notes: readonly Bilingual[] = [],
): Promise<Me1Report> => {
  const { store, localTime, clock } = sources;
  const known = await namedStreams(sources, params);
  checkMe1Params(
    params,
    known.map(({ id }) => id),
  );
  const wanted = params.streams ?? [];
  const { timeZone } = localTime;
  const [answer, series] = await Promise.all([
    store.me1(params),
    store.series({ ...params, bucketStarts: bucketStarts(sources, params, bucketMs) }),
  ]);
  return buildMe1({
    params,
    aggregates: answer.aggregates,
    repeats: answer.repeats,
    series: series.rows.map(sumsOf),
    streams: known.filter(
      ({ id, role }) =>
        (wanted.length === 0 || wanted.includes(id)) && (params.role === undefined || role === params.role),
    ),
    localTime,
    bucketMs,
    generatedTs: clock.now(),
    notes: [...notes, ...coverageNotes(answer.coverage, params.threshold, timeZone)],
  });
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
  const { rows } = await sources.store.series({ ...params, bucketStarts: bucketStarts(sources, params, bucketMs) });
  return seriesOf(rows.map(sumsOf), params, sources.localTime, bucketMs);
};
