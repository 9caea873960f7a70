import type { DuckDBConnection } from '@duckdb/node-api';
import { rollUp } from '../src/store/duckdb/upkeep/rollup.js';

/** Size of the generated store. */
export interface Volume {
  readonly samples: number;
  readonly days: number;
  readonly streams: number;
}

const DAY_MS = 86_400_000;
const OPENING_MS = 9 * 3_600_000;
const OPEN_MS = 12 * 3_600_000;
/** Samples of one visitor: 20 s at 5 frames a second. */
const VISIT_SAMPLES = 100;
const OTHERS = ['surprise', 'anger', 'disgust', 'fear', 'sadness'];

/** First moment of the generated days, epoch ms UTC. */
export const FIRST_TS = Date.UTC(2026, 9, 1);

/** One day of samples spread over the opening hours; expressions wander around each visitor's own level. */
const daySql = (day: number, perStream: number, streams: number, firstSeq: number): string => {
  const start = FIRST_TS + day * DAY_MS + OPENING_MS;
  const others = OTHERS.map((name) => `(random() * 0.3 * (100 - happiness) / ${OTHERS.length})::FLOAT AS ${name}`);
  return `
    INSERT INTO samples
    WITH slots AS (
      SELECT i // ${streams} AS slot, i % ${streams} AS s FROM range(${perStream * streams}) t(i)),
    faces AS (
      SELECT slot, s, ${start} + (slot * ${OPEN_MS} // ${perStream}) AS ts, slot // ${VISIT_SAMPLES} AS visit,
        hash(s, ${day}, slot // ${VISIT_SAMPLES}) AS h FROM slots),
    scored AS (
      SELECT *, greatest(0, least(100, (h % 6000) / 100.0 + (random() - 0.5) * 30)) AS happiness FROM faces),
    rest AS (SELECT *, ${others.join(', ')} FROM scored)
    SELECT ${firstSeq} + (ts - ${start}) // 60000, ts, 'camera-' || s, NULL,
      CASE s % 2 WHEN 0 THEN 'customer' ELSE 'seller' END::role, 'visitor-' || h,
      happiness, ${OTHERS.join(', ')}, 100 - happiness - ${OTHERS.join(' - ')},
      happiness, ${OTHERS.join(', ')}, 100 - happiness - ${OTHERS.join(' - ')},
      50 + (happiness - anger - disgust - fear - sadness) / 2,
      CASE WHEN h % 10 = 0 THEN NULL ELSE 15 + (h // 7) % 50 + random() END,
      CASE WHEN h % 9 = 0 THEN NULL ELSE (h // 11) % 100 / 100.0 END,
      round((random() - 0.5) * 60, 2), round((random() - 0.5) * 30, 2), round((random() - 0.5) * 20, 2),
      random() < 0.4, round(random(), 5), round(random(), 5), round(random() / 5, 5), round(random() / 5, 5),
      30 + random() * 120, random(), 1, false
    FROM rest`;
};

/** Second counts and visitors that follow from one day's samples. */
const derivedSql = (day: number): readonly string[] => {
  const where = `ts >= ${FIRST_TS + day * DAY_MS} AND ts < ${FIRST_TS + (day + 1) * DAY_MS}`;
  const bins = 'list_sort(list(least(floor(happiness), 100)::INTEGER))';
  const means = ['happiness', ...OTHERS, 'neutral', 'mood'].map((name) => `avg(${name})`);
  const ages = ['age < 20', 'age >= 20 AND age < 30', 'age >= 30 AND age < 40', 'age >= 40 AND age < 50', 'age >= 50'];
  return [
    `INSERT INTO frames SELECT max(seq), ts - ts % 1000, stream, NULL, role, 5, least(5, count(*)), count(*), 0, 0, false
     FROM samples WHERE ${where} GROUP BY ts - ts % 1000, stream, role ORDER BY 2`,
    `INSERT INTO tracks
     WITH visits AS (
       SELECT max(seq) AS seq, track, stream, role, min(ts) AS start_ts, max(ts) AS end_ts, count(*) AS n,
         ${bins} AS bins, ${means.map((mean, k) => `${mean} AS m${k}`).join(', ')},
         count(*) FILTER (attention) AS looked, count(*) FILTER (gender >= 0.5) AS male,
         count(*) FILTER (gender < 0.5) AS female,
         ${ages.map((age, k) => `count(*) FILTER (${age}) AS a${k}`).join(', ')}, avg(age) AS age, avg(gender) AS gender
       FROM samples WHERE ${where} GROUP BY track, stream, role)
     SELECT seq, track, stream, NULL, role, start_ts, end_ts, n, n,
       list_transform(range(101), lambda k: len(list_filter(bins, lambda bin: bin >= k)))::UINTEGER[101],
       ${means.map((_, k) => `m${k}`).join(', ')}, end_ts - start_ts, looked * 200, 3, looked * 80, male, female,
       ${ages.map((_, k) => `a${k}`).join(', ')}, age, gender, false FROM visits ORDER BY start_ts`,
  ];
};

/** Copies the first day to a later one, visitors under names of their own. */
const copySql = (day: number, seqShift: number): readonly string[] => {
  const shift = day * DAY_MS;
  const first = (time: string): string => `${time} < ${FIRST_TS + DAY_MS}`;
  const seq = `seq + ${seqShift} AS seq`;
  const track = `track || '-${day}' AS track`;
  return [
    `INSERT INTO samples SELECT * REPLACE (${seq}, ts + ${shift} AS ts, ${track}) FROM samples WHERE ${first('ts')}`,
    `INSERT INTO frames SELECT * REPLACE (${seq}, ts + ${shift} AS ts) FROM frames WHERE ${first('ts')}`,
    `INSERT INTO tracks SELECT * REPLACE (${seq}, ${track}, start_ts + ${shift} AS start_ts, end_ts + ${shift} AS end_ts)
     FROM tracks WHERE ${first('start_ts')}`,
    `INSERT INTO rollups SELECT * REPLACE (minute + ${shift} AS minute) FROM rollups WHERE ${first('minute')}`,
    `INSERT INTO frame_rollups SELECT * REPLACE (minute + ${shift} AS minute) FROM frame_rollups
     WHERE ${first('minute')}`,
  ];
};

/**
 * Fills an empty store: the first day is generated and rolled up with the store's own code, the others are copies of it,
 * rollups included, which a comparison of both sources then checks.
 */
export const generate = async (
  connection: DuckDBConnection,
  { samples, days, streams }: Volume,
  tell: (day: number) => void,
): Promise<void> => {
  const commitsPerDay = OPEN_MS / 60_000 + 1;
  await connection.run(daySql(0, Math.ceil(samples / days / streams), streams, 1));
  for (const sql of derivedSql(0)) await connection.run(sql);
  for (;;) if ((await rollUp(connection, commitsPerDay)).done) break;
  for (let day = 1; day < days; day += 1) {
    for (const sql of copySql(day, day * commitsPerDay)) await connection.run(sql);
    await connection.run('CHECKPOINT');
    tell(day);
  }
  await connection.run(`UPDATE rollup_state SET rolled_seq = ${days * commitsPerDay}`);
  await connection.run(`INSERT INTO commits VALUES (${days * commitsPerDay}, NULL)`);
  await connection.run('CHECKPOINT');
};
