import type { DuckDBConnection } from '@duckdb/node-api';
import { numberOf, selectRows } from '../sql/select.js';
import { FRAME_COLUMNS, ME1_COLUMNS, rawSums } from '../sql/sum-sql.js';

/** Smiles are kept for every whole T, so `absolute` has no column. */
const SUMS = [...ME1_COLUMNS.filter((column) => column !== 'absolute'), 'attention'];
const KEY = 'minute, stream, zone, role';
const MINUTE = 'ts - ts % 60000 AS minute';

/** Runs statements as one transaction; on an error nothing of them is left. */
export const inTransaction = async <T>(connection: DuckDBConnection, work: () => Promise<T>): Promise<T> => {
  await connection.run('BEGIN');
  try {
    const result = await work();
    await connection.run('COMMIT');
    return result;
  } catch (error) {
    await connection.run('ROLLBACK').catch(() => undefined);
    throw error;
  }
};

/** Adds the rows of commits (`fromSeq`, `toSeq`] to the rollups; returns the samples added. */
const addCommits = async (connection: DuckDBConnection, fromSeq: number, toSeq: number): Promise<number> => {
  const fresh = `NOT withheld AND seq > ${fromSeq} AND seq <= ${toSeq}`;
  await connection.run(
    `INSERT INTO rollups (${KEY}, ${SUMS.join(', ')}, smiles)
     WITH fresh AS (SELECT *, ${MINUTE} FROM samples WHERE ${fresh}),
     bins AS (
       SELECT ${KEY}, least(floor(happiness), 100)::INTEGER AS bin, count(*) AS n FROM fresh
       WHERE happiness >= 0 GROUP BY ALL),
     steps AS (
       SELECT ${KEY}, k, coalesce(sum(n) FILTER (bin >= k), 0)::UINTEGER AS smiles
       FROM bins CROSS JOIN (SELECT unnest(range(101)) AS k) GROUP BY ALL),
     suffixes AS (SELECT ${KEY}, list(smiles ORDER BY k) AS smiles FROM steps GROUP BY ${KEY}),
     sums AS (
       SELECT ${KEY}, ${rawSums()}, count(*) FILTER (attention) AS attention FROM fresh GROUP BY ${KEY})
     SELECT sums.minute, sums.stream, sums.zone, sums.role, ${SUMS.map((name) => `sums.${name}`).join(', ')},
       coalesce(suffixes.smiles, list_resize([0::UINTEGER], 101, 0))::UINTEGER[101]
     FROM sums LEFT JOIN suffixes ON sums.minute = suffixes.minute AND sums.stream = suffixes.stream
       AND sums.zone IS NOT DISTINCT FROM suffixes.zone AND sums.role = suffixes.role
     ORDER BY sums.minute`,
  );
  await connection.run(
    `INSERT INTO frame_rollups (${KEY}, ${FRAME_COLUMNS.join(', ')})
     SELECT ${MINUTE}, stream, zone, role, ${FRAME_COLUMNS.map((name) => `sum(${name})`).join(', ')} FROM frames WHERE ${fresh}
     GROUP BY ALL ORDER BY minute`,
  );
  const [row = {}] = await selectRows(connection, `SELECT count(*) AS n FROM samples WHERE ${fresh}`);
  return numberOf(row, 'n');
};

/** Commits rolled up in one transaction: a few minutes' worth, so that catching up needs bounded memory. */
const COMMITS_PER_STEP = 600;

/** Adds the next commits to the rollups, each exactly once; `done` when the given commit is in. */
export const rollUp = async (
  connection: DuckDBConnection,
  lastSeq: number,
): Promise<{ readonly samples: number; readonly done: boolean }> => {
  const [row = {}] = await selectRows(connection, 'SELECT rolled_seq FROM rollup_state');
  const fromSeq = numberOf(row, 'rolled_seq');
  if (fromSeq >= lastSeq) return { samples: 0, done: true };
  const toSeq = Math.min(lastSeq, fromSeq + COMMITS_PER_STEP);
  const samples = await inTransaction(connection, async () => {
    const count = await addCommits(connection, fromSeq, toSeq);
    await connection.run(`UPDATE rollup_state SET rolled_seq = ${toSeq}`);
    return count;
  });
  return { samples, done: toSeq >= lastSeq };
};

/** Merges the several rows of a minute that later runs added, for minutes in [`fromTs`, `toTs`). */
export const compactRollups = async (connection: DuckDBConnection, fromTs: number, toTs: number): Promise<void> => {
  const where = `minute >= ${Math.floor(fromTs)} AND minute < ${Math.floor(toTs)}`;
  const [row = {}] = await selectRows(
    connection,
    `SELECT count(*) - (SELECT count(*) FROM (SELECT DISTINCT ${KEY} FROM rollups WHERE ${where})) AS surplus
     FROM rollups WHERE ${where}`,
  );
  if (numberOf(row, 'surplus') === 0) return;
  await inTransaction(connection, async () => {
    await connection.run(
      `CREATE OR REPLACE TEMP TABLE compact_rollups AS
       WITH part AS (SELECT * FROM rollups WHERE ${where}),
       steps AS (
         SELECT ${KEY}, k, sum(smiles[k])::UINTEGER AS smiles
         FROM part CROSS JOIN (SELECT unnest(range(1, 102)) AS k) GROUP BY ALL),
       suffixes AS (SELECT ${KEY}, list(smiles ORDER BY k)::UINTEGER[101] AS smiles FROM steps GROUP BY ${KEY}),
       sums AS (SELECT ${KEY}, ${SUMS.map((name) => `sum(${name}) AS ${name}`).join(', ')} FROM part GROUP BY ${KEY})
       SELECT sums.*, suffixes.smiles FROM sums JOIN suffixes ON sums.minute = suffixes.minute
         AND sums.stream = suffixes.stream AND sums.zone IS NOT DISTINCT FROM suffixes.zone AND sums.role = suffixes.role`,
    );
    await connection.run(
      `CREATE OR REPLACE TEMP TABLE compact_frames AS
       SELECT ${KEY}, ${FRAME_COLUMNS.map((name) => `sum(${name}) AS ${name}`).join(', ')}
       FROM frame_rollups WHERE ${where} GROUP BY ALL`,
    );
    await connection.run(`DELETE FROM rollups WHERE ${where}`);
    await connection.run(`DELETE FROM frame_rollups WHERE ${where}`);
    await connection.run(
      `INSERT INTO rollups (${KEY}, ${SUMS.join(', ')}, smiles)
       SELECT ${KEY}, ${SUMS.join(', ')}, smiles FROM compact_rollups ORDER BY minute`,
    );
    await connection.run(`INSERT INTO frame_rollups (${KEY}, ${FRAME_COLUMNS.join(', ')})
       SELECT * FROM compact_frames ORDER BY minute`);
    await connection.run('DROP TABLE temp.compact_rollups');
    await connection.run('DROP TABLE temp.compact_frames');
  });
};
