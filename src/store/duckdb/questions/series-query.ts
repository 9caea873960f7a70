import type { DuckDBConnection } from '@duckdb/node-api';
import { EmoscopeError } from '../../../runtime/errors.js';
import type { Role } from '../../../contracts/role.js';
import type { BucketSums } from '../../../contracts/me1.js';
import type { SeriesAnswer, SeriesQuery } from '../../ports/portrait-reader.js';
import { checkPeriod, checkThreshold } from '../../question-checks.js';
import { Values } from '../sql/filter.js';
import { wholeSeconds } from '../../../time/whole-seconds.js';
import { joinIntervals, joinStarts, type SpanJoin } from '../sql/span-join.js';
import { filterOf, openVisitsFrom } from './me1-query.js';
import { personSumsSql } from './persons.js';
import { planPeriod } from '../../period-plan.js';
import { numberOf, selectRows, sumOf, textOf, type Row } from '../sql/select.js';
import { coverageOf, inSnapshot, readHorizon } from '../sql/snapshot.js';
import { frameSumsSql, sampleSumsSql, sizedFramesSql, sumsOf } from './sums.js';
import { MINUTE_MS, SECOND_MS } from '../../../time/units.js';

const keyOf = (row: Row): string => `${numberOf(row, 'bucket')} ${textOf(row, 'role')} ${textOf(row, 'stream')}`;
const byKey = (rows: readonly Row[]): ReadonlyMap<string, Row> => new Map(rows.map((row) => [keyOf(row), row]));

const MOST_BUCKETS = 20_000;

const checkedStarts = ({ fromTs, bucketStarts }: SeriesQuery): readonly number[] => {
  const [first] = bucketStarts;
  const ascending = bucketStarts.every((start, n) => n === 0 || start > (bucketStarts[n - 1] ?? start));
  const whole = bucketStarts.every((start) => start % SECOND_MS === 0);
  if (first !== undefined && first <= fromTs && ascending && whole && bucketStarts.length <= MOST_BUCKETS) {
    return bucketStarts;
  }
  throw new EmoscopeError(
    'PERIOD_INVALID',
    `Buckets begin on whole seconds, ascending, at or before the period, and are at most ${MOST_BUCKETS}`,
  );
};

/** Joins rows to their bucket by their time, or, within intervals, to that of the interval they lie in. */
const bucketsOf = ({ within, toTs }: SeriesQuery, starts: readonly number[], values: Values): SpanJoin =>
  within === undefined
    ? joinStarts(starts, { toTs })
    : joinIntervals(
        within.map((one) => ({ ...one, label: one.bucketTs })),
        values,
      );

/** МЭ-1 sums by bucket, stream and role; buckets without frames and samples are left out. */
export const series = (connection: DuckDBConnection, asked: SeriesQuery): Promise<SeriesAnswer> => {
  checkPeriod(asked);
  checkThreshold(asked.threshold);
  const starts = checkedStarts(asked);
  const query = wholeSeconds(asked);
  const finer = query.within === undefined && starts.some((start) => start % MINUTE_MS !== 0);
  const filter = filterOf(query);
  return inSnapshot(connection, async () => {
    const horizon = await readHorizon(connection);
    const plan = planPeriod({ ...query, needsRaw: query.minFacePx !== undefined || finer, source: 'auto' }, horizon);
    const select = async (sql: (values: Values, buckets: SpanJoin) => string) => {
      const values = new Values();
      const text = sql(values, bucketsOf(query, starts, values));
      return byKey(await selectRows(connection, text, values.named));
    };
    const samples = await select((values, buckets) => sampleSumsSql(plan, horizon, filter, values, buckets));
    const isPart = query.wanted === 'demographics';
    const nothing: ReadonlyMap<string, Row> = new Map();
    const frames = isPart
      ? nothing
      : await select((values, buckets) => frameSumsSql(plan, horizon, filter, values, buckets));
    const sized =
      isPart || query.minFacePx === undefined || query.framesOfAnySize === true
        ? frames
        : await select((values, buckets) => sizedFramesSql(plan, filter, values, buckets));
    const count = [...samples.values()].reduce((sum, row) => sum + numberOf(row, 'samples'), 0);
    const openFromTs = isPart ? query.toTs : await openVisitsFrom(connection, query, count);
    const persons = isPart
      ? nothing
      : await select((values, buckets) =>
          personSumsSql({ ...query, threshold: plan.threshold, openFromTs }, filter, values, buckets),
        );
    const rows = [...new Set([...frames.keys(), ...samples.keys()])].map((key): BucketSums => {
      const known = frames.get(key) ?? samples.get(key) ?? {};
      const sums = sumsOf(samples.get(key));
      return {
        ts: numberOf(known, 'bucket'),
        streamId: textOf(known, 'stream'),
        role: textOf(known, 'role') as Role,
        analysedFrames: sumOf(frames.get(key), 'analysed'),
        framesWithFaces: sumOf(sized.get(key), 'with_faces'),
        happinessSum: sums.emotionSums.happiness,
        ...sums,
        visitors: sumOf(persons.get(key), 'visitors'),
        smilingVisitors: sumOf(persons.get(key), 'smiling'),
      };
    });
    rows.sort((a, b) => a.ts - b.ts || a.streamId.localeCompare(b.streamId) || a.role.localeCompare(b.role));
    if (finer && plan.missing !== null) {
      throw new EmoscopeError(
        'PERIOD_INVALID',
        'The samples of this period have expired, and what is left of them is known by the minute: choose buckets of whole minutes.',
      );
    }
    return { rows, coverage: await coverageOf(connection, plan, horizon, query) };
  });
};
