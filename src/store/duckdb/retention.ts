import type { DuckDBConnection } from '@duckdb/node-api';
import { DAY_MS } from '../../time/units.js';
import { inTransaction } from './rollup.js';
import type { RecordedDay } from '../clock-doubt.js';
import type { Expiry } from '../keeper.js';
import { numberOf, numberOrNull, selectRows } from './select.js';

/** Capture time of the newest sample, or null. */
export const newestSampleTs = async (connection: DuckDBConnection): Promise<number | null> => {
  const [row = {}] = await selectRows(connection, 'SELECT max(ts) AS ts FROM samples');
  return numberOrNull(row, 'ts');
};

/** Every day (UTC) with frames or samples, rolled up or not, in order. */
export const recordedDays = async (connection: DuckDBConnection): Promise<readonly RecordedDay[]> => {
  const fresh = 'seq > (SELECT rolled_seq FROM rollup_state)';
  const rows = await selectRows(
    connection,
    `SELECT min(ts) AS first, max(ts) AS last FROM (
       SELECT minute AS ts FROM frame_rollups UNION ALL SELECT minute FROM rollups
       UNION ALL SELECT ts FROM frames WHERE ${fresh} UNION ALL SELECT ts FROM samples WHERE ${fresh})
     GROUP BY ts // ${DAY_MS} ORDER BY first`,
  );
  return rows.map((row) => ({ firstTs: numberOf(row, 'first'), lastTs: numberOf(row, 'last') }));
};

/** Tables of rows with a time of their own, and its column. */
const TIMED = [
  ['samples', 'ts'],
  ['frames', 'ts'],
  ['rollups', 'minute'],
  ['frame_rollups', 'minute'],
  ['tracks', 'start_ts'],
  ['cells', 'to_ts'],
] as const;

const dropBefore = async (connection: DuckDBConnection, table: string, column: string, ts: number): Promise<number> => {
  const result = await connection.run(`DELETE FROM ${table} WHERE ${column} < ${Math.floor(ts)}`);
  return result.rowsChanged;
};

const dropContacts = async (connection: DuckDBConnection, expired: string): Promise<number> => {
  await connection.run(`DELETE FROM bursts WHERE contact IN (SELECT id FROM contacts WHERE ${expired})`);
  const { rowsChanged } = await connection.run(`DELETE FROM contacts WHERE ${expired}`);
  return rowsChanged;
};

/**
 * Removes what has expired. Raw rows go only up to a whole minute, so that rollups and raw rows never answer for parts
 * of the same minute; the audit log is kept.
 */
export const expire = (
  connection: DuckDBConnection,
  { samplesBeforeTs, rollupsBeforeTs }: Expiry,
): Promise<{ readonly samples: number; readonly rollups: number }> =>
  inTransaction(connection, async () => {
    const rawFromTs = Math.floor(samplesBeforeTs / 60_000) * 60_000;
    const samples = await dropBefore(connection, 'samples', 'ts', rawFromTs);
    const frames = await dropBefore(connection, 'frames', 'ts', rawFromTs);
    if (samples + frames > 0) {
      await connection.run(
        `UPDATE rollup_state SET raw_from_ts = greatest(coalesce(raw_from_ts, ${rawFromTs}), ${rawFromTs})`,
      );
    }
    // A cell that has lost some of its rows would tell by each row it loses next.
    await dropBefore(connection, 'cells', 'from_ts', rollupsBeforeTs);
    const rollups =
      (await dropBefore(connection, 'rollups', 'minute', rollupsBeforeTs)) +
      (await dropBefore(connection, 'frame_rollups', 'minute', rollupsBeforeTs)) +
      (await dropBefore(connection, 'tracks', 'start_ts', rollupsBeforeTs)) +
      (await dropContacts(connection, `start_ts < ${Math.floor(rollupsBeforeTs)}`)) +
      (await dropBefore(connection, 'losses', 'to_ts', rollupsBeforeTs));
    return { samples, rollups };
  });

/** Removes what a clock that was ahead has left, from `fromTs` on, and the cells that reach into it; gives the number of rows. */
export const dropStrays = (connection: DuckDBConnection, fromTs: number): Promise<number> =>
  inTransaction(connection, async () => {
    let rows = await dropContacts(connection, `start_ts >= ${Math.floor(fromTs)}`);
    for (const [table, column] of TIMED) {
      const result = await connection.run(`DELETE FROM ${table} WHERE ${column} >= ${Math.floor(fromTs)}`);
      rows += result.rowsChanged;
    }
    return rows;
  });
