import type { DuckDBConnection } from '@duckdb/node-api';
import { EMOTIONS, type Emotion } from '../../../contracts/emotion.js';
import type { Role } from '../../../contracts/role.js';
import type { VisitSecond, WindowSums } from '../../../contracts/window.js';
import { openVisitsFrom } from './me1-query.js';
import type { PastQuery, PastRow } from '../../ports/resume-reader.js';
import type { Period } from '../../../contracts/period.js';
import { checkPeriod, checkThreshold } from '../../question-checks.js';
import { keyCondition, ms, Values } from '../sql/filter.js';
import { planPeriod } from '../../period-plan.js';
import { personSumsSql } from './persons.js';
import { numberOf, selectChunks, sumOf, textOf, type Row } from '../sql/select.js';
import { readHorizon } from '../sql/snapshot.js';
import { rawSums, sumSql } from '../sql/sum-sql.js';
import { frameSumsSql, sampleSumsSql } from './sums.js';

const AGES = `${sumSql('aged')}, ${sumSql('ageSum')}`;

const inside = ({ fromTs, toTs }: Period): string => `NOT withheld AND ts >= ${ms(fromTs)} AND ts < ${ms(toTs)}`;

/** Sums over samples and frames under one key. */
const windowSums = (samples: Row | undefined, ages: Row | undefined, frames: Row | undefined): WindowSums => ({
  frames: sumOf(frames, 'analysed'),
  framesWithFaces: sumOf(frames, 'with_faces'),
  samples: sumOf(samples, 'samples'),
  absolute: sumOf(samples, 'absolute'),
  moodSum: sumOf(samples, 'mood'),
  male: sumOf(samples, 'male'),
  gendered: sumOf(samples, 'male') + sumOf(samples, 'female'),
  ageSum: sumOf(ages, 'age_sum'),
  aged: sumOf(ages, 'aged'),
  emotionSums: Object.fromEntries(EMOTIONS.map((emotion) => [emotion, sumOf(samples, emotion)])) as Record<
    Emotion,
    number
  >,
});

const keyOf = (row: Row): string => JSON.stringify([textOf(row, 'stream'), textOf(row, 'role')]);

/** When a smile of each track was first held: a run of samples at the level or above that lasts long enough. */
const heldSmilesSql = ({ day, streams, heldSmile }: PastQuery, values: Values): string => {
  const level = values.add(heldSmile.level);
  return `WITH own AS (
      SELECT stream, role, track, ts, happiness >= ${level} AS smiles FROM samples
      WHERE ${inside(day)}${keyCondition({ streams }, values)}),
    smilers AS (
      SELECT stream, role, track FROM own WHERE smiles GROUP BY ALL HAVING max(ts) - min(ts) >= ${ms(heldSmile.ms)}),
    runs AS (
      SELECT own.*, count(*) FILTER (NOT smiles) OVER (PARTITION BY stream, role, track ORDER BY ts) AS run
      FROM own SEMI JOIN smilers USING (stream, role, track)),
    held AS (
      SELECT stream, role, track, ts, ts - min(ts) OVER (PARTITION BY stream, role, track, run) AS for_ms
      FROM runs WHERE smiles)
    SELECT stream, role::VARCHAR AS role, min(ts) AS ts FROM held WHERE for_ms >= ${ms(heldSmile.ms)}
    GROUP BY stream, role, track ORDER BY ts`;
};

/** Rows by stream and role, each made of a row of the answer. */
const byKey = async <T>(
  chunks: AsyncIterable<readonly Row[]>,
  valueOf: (row: Row) => T,
): Promise<ReadonlyMap<string, T[]>> => {
  const groups = new Map<string, T[]>();
  for await (const rows of chunks) {
    for (const row of rows) {
      const group = groups.get(keyOf(row));
      if (group === undefined) groups.set(keyOf(row), [valueOf(row)]);
      else group.push(valueOf(row));
    }
  }
  return groups;
};

const ofSecond = (row: Row): { readonly second: number; readonly row: Row } => ({
  second: numberOf(row, 'second'),
  row,
});

/**
 * What live figures go on from, by stream and role, of the state that the connection's transaction sees. The day comes
 * from the sums per minute where there are any.
 */
export const past = async (connection: DuckDBConnection, query: PastQuery): Promise<readonly PastRow[]> => {
  const { streams, day, recent, threshold } = query;
  checkPeriod(day);
  checkPeriod(recent);
  checkThreshold(threshold);
  const horizon = await readHorizon(connection);
  const plan = planPeriod({ ...day, threshold, needsRaw: false, source: 'auto' }, horizon);
  const list = <T>(valueOf: (row: Row) => T, sql: (values: Values) => string): Promise<ReadonlyMap<string, T[]>> => {
    const values = new Values();
    const text = sql(values);
    return byKey(selectChunks(connection, text, values.named), valueOf);
  };
  const whole = (sql: (values: Values) => string) => list((row) => row, sql);
  const own = (values: Values): string => keyCondition({ streams }, values);
  const head = 'stream, role::VARCHAR AS role';
  const second = 'ts // 1000 AS second';
  const dayFrames = await whole((values) => frameSumsSql(plan, horizon, { streams }, values));
  const daySamples = await whole((values) => sampleSumsSql(plan, horizon, { streams }, values));
  const dayAges = await whole(
    (values) => `SELECT ${head}, ${AGES} FROM samples WHERE ${inside(day)}${own(values)} GROUP BY ALL`,
  );
  const count = [...daySamples.values()].reduce((sum, [row]) => sum + sumOf(row, 'samples'), 0);
  const openFromTs = await openVisitsFrom(connection, day, count);
  const persons = await whole((values) =>
    personSumsSql({ ...day, threshold: plan.threshold, openFromTs }, { streams }, values),
  );
  const samples = await list(
    ofSecond,
    (values) => `SELECT ${head}, ${second}, ${rawSums()}, ${AGES},
        ${sumSql('absolute', values.add(threshold))}
      FROM samples WHERE ${inside(recent)}${own(values)} GROUP BY ALL`,
  );
  const frames = await list(
    ofSecond,
    (values) => `SELECT ${head}, ${second}, sum(analysed) AS analysed, sum(with_faces) AS with_faces
      FROM frames WHERE ${inside(recent)}${own(values)} AND zone IS NULL GROUP BY ALL`,
  );
  const visits = await list(
    visitOf,
    (values) => `SELECT ${head}, track, ${second}, count(*) AS samples,
        count(*) FILTER (happiness >= ${values.add(threshold)}) AS smiles
      FROM samples WHERE ${inside(recent)}${own(values)} GROUP BY ALL`,
  );
  const heldSmiles = await list(
    (row) => numberOf(row, 'ts'),
    (values) => heldSmilesSql(query, values),
  );
  return [...new Map([...dayFrames, ...daySamples])].map(([key, [row = {}]]): PastRow => {
    const [person] = persons.get(key) ?? [];
    return {
      streamId: textOf(row, 'stream'),
      role: textOf(row, 'role') as Role,
      day: {
        ...windowSums(daySamples.get(key)?.[0], dayAges.get(key)?.[0], dayFrames.get(key)?.[0]),
        visitors: sumOf(person, 'visitors'),
        smiling: sumOf(person, 'smiling'),
      },
      seconds: bySecond(samples.get(key) ?? [], frames.get(key) ?? []),
      visits: visits.get(key) ?? [],
      heldSmiles: heldSmiles.get(key) ?? [],
    };
  });
};

const visitOf = (row: Row): VisitSecond => ({
  trackId: textOf(row, 'track'),
  second: numberOf(row, 'second'),
  samples: numberOf(row, 'samples'),
  smiles: numberOf(row, 'smiles'),
});

type SecondRow = ReturnType<typeof ofSecond>;

const bySecond = (samples: readonly SecondRow[], frames: readonly SecondRow[]) => {
  const sampled = new Map(samples.map(({ second, row }) => [second, row]));
  const analysed = new Map(frames.map(({ second, row }) => [second, row]));
  return [...new Set([...sampled.keys(), ...analysed.keys()])]
    .sort((a, b) => a - b)
    .map((second) => ({
      second,
      sums: windowSums(sampled.get(second), sampled.get(second), analysed.get(second)),
    }));
};
