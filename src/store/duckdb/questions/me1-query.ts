import type { DuckDBConnection } from '@duckdb/node-api';
import type { Me1Aggregate } from '../../../contracts/me1.js';
import type { Role } from '../../../contracts/role.js';
import { LONG_STAY_MS } from '../../../contracts/sample.js';
import type { Me1Answer, Me1Query, Me1Source } from '../../ports/portrait-reader.js';
import type { Period } from '../../../contracts/period.js';
import { momentsOf, sampleMomentsSql, trackMomentsSql } from './clusters.js';
import { wholeSeconds } from '../../../time/whole-seconds.js';
import { checkPeriod, checkThreshold } from '../../question-checks.js';
import { Values } from '../sql/filter.js';
import { personSumsSql } from './persons.js';
import { planPeriod } from '../../period-plan.js';
import { newestSampleTs } from '../upkeep/retention.js';
import { selectRows, sumOf, textOf, type Row } from '../sql/select.js';
import { coverageOf, inSnapshot, readHorizon } from '../sql/snapshot.js';
import { frameSumsSql, repeatedFramesSql, sampleSumsSql, sizedFramesSql, sumsOf, type SumsFilter } from './sums.js';

/** Up to here the intervals come from the samples themselves, beyond from the visitors' summaries. */
const EXACT_MOMENTS_SAMPLES = 1_000_000;

/** Which rows the parameters of a report mean. */
export const filterOf = (params: Me1Query): SumsFilter => ({
  streams: params.streams,
  roles: params.role === undefined ? params.roles : [params.role],
  zoneId: params.zoneId,
  minFacePx: params.minFacePx,
  within: params.within,
  wanted: params.wanted,
});

/**
 * From when on visits without a summary are looked for. Beyond so many samples only those that began within half an hour
 * before the newest sample: who has been in view for longer is no visitor, and what a process that died left without a
 * summary is summed up at the next start.
 */
export const openVisitsFrom = async (
  connection: DuckDBConnection,
  { fromTs, toTs }: Period,
  samples: number,
): Promise<number> => {
  if (samples <= EXACT_MOMENTS_SAMPLES) return fromTs;
  const newestTs = (await newestSampleTs(connection)) ?? toTs;
  return Math.max(fromTs, Math.min(toTs, newestTs) - LONG_STAY_MS);
};

const keyOf = (row: Row): string => `${textOf(row, 'role')} ${textOf(row, 'stream')}`;
const byKey = (rows: readonly Row[]): ReadonlyMap<string, Row> => new Map(rows.map((row) => [keyOf(row), row]));

/** МЭ-1 sums by stream and role, one row for each that has frames or samples in the period. */
export const me1 = (connection: DuckDBConnection, asked: Me1Query, source: Me1Source): Promise<Me1Answer> => {
  checkPeriod(asked);
  checkThreshold(asked.threshold);
  const params = wholeSeconds(asked);
  const filter = filterOf(params);
  return inSnapshot(connection, async () => {
    const horizon = await readHorizon(connection);
    const plan = planPeriod({ ...params, needsRaw: params.minFacePx !== undefined, source }, horizon);
    const list = (sql: (values: Values) => string) => {
      const values = new Values();
      const text = sql(values);
      return selectRows(connection, text, values.named);
    };
    const select = async (sql: (values: Values) => string) => byKey(await list(sql));
    const samples = await select((values) => sampleSumsSql(plan, horizon, filter, values));
    const isPart = params.wanted === 'demographics';
    const nothing: ReadonlyMap<string, Row> = new Map();
    const frames = isPart ? nothing : await select((values) => frameSumsSql(plan, horizon, filter, values));
    const framesFilter = params.framesOfAnySize === true ? { ...filter, minFacePx: undefined } : filter;
    const sized =
      isPart || framesFilter.minFacePx === undefined
        ? frames
        : await select((values) => sizedFramesSql(plan, filter, values));
    const count = [...samples.values()].reduce((sum, row) => sum + sumOf(row, 'samples'), 0);
    const narrowed = params.minFacePx !== undefined || params.zoneId !== undefined;
    const exact =
      (horizon.rawFromTs === null || params.fromTs >= horizon.rawFromTs) &&
      (narrowed || count <= EXACT_MOMENTS_SAMPLES);
    const moments = await select((values) =>
      exact
        ? sampleMomentsSql(params, plan.threshold, filter, values)
        : trackMomentsSql(params, plan.threshold, filter, values),
    );
    const openFromTs = isPart ? params.toTs : await openVisitsFrom(connection, params, count);
    const persons = isPart
      ? nothing
      : await select((values) => personSumsSql({ ...params, threshold: plan.threshold, openFromTs }, filter, values));
    const pooled = !isPart && params.role === undefined && params.zoneId === undefined;
    const repeats = pooled ? await list((values) => repeatedFramesSql(plan, horizon, framesFilter, values)) : [];
    const keys = [...new Set([...frames.keys(), ...samples.keys()])].sort();
    const aggregates = keys.map((key): Me1Aggregate => {
      const known = frames.get(key) ?? samples.get(key) ?? {};
      return {
        streamId: textOf(known, 'stream'),
        role: textOf(known, 'role') as Role,
        analysedFrames: sumOf(frames.get(key), 'analysed'),
        framesWithFaces: sumOf(sized.get(key), 'with_faces'),
        ...sumsOf(samples.get(key)),
        clusters: momentsOf(moments.get(key), persons.get(key)),
      };
    });
    return {
      aggregates,
      repeats: repeats.map((row) => ({
        streamId: textOf(row, 'stream'),
        analysedFrames: sumOf(row, 'analysed'),
        framesWithFaces: sumOf(row, 'with_faces'),
      })),
      coverage: await coverageOf(connection, plan, horizon, params),
    };
  });
};
