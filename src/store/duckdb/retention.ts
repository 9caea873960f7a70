import type { DuckDBConnection } from '@duckdb/node-api';
import { inTransaction } from './rollup.js';
import { numberOrNull, selectRows } from './select.js';

/** Capture time of the newest sample, or null. */
export const newestSampleTs = async (connection: DuckDBConnection): Promise<number | null> => {
  const [row = {}] = await selectRows(connection, 'SELECT max(ts) AS ts FROM samples');
  return numberOrNull(row, 'ts');
};

/** What is kept, epoch ms: rows before these have expired. */
export interface Expiry {
  readonly samplesBeforeTs: number;
  readonly rollupsBeforeTs: number;
}

const dropBefore = async (connection: DuckDBConnection, table: string, column: string, ts: number): Promise<number> => {
  const result = await connection.run(`DELETE FROM ${table} WHERE ${column} < ${Math.floor(ts)}`);
  return result.rowsChanged;
};

const dropContacts = async (connection: DuckDBConnection, ts: number): Promise<number> => {
  const expired = `start_ts < ${Math.floor(ts)}`;
  await connection.run(`DELETE FROM bursts WHERE contact IN (SELECT id FROM contacts WHERE ${expired})`);
  return dropBefore(connection, 'contacts', 'start_ts', ts);
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
      (await dropContacts(connection, rollupsBeforeTs)) +
      (await dropBefore(connection, 'losses', 'to_ts', rollupsBeforeTs));
    return { samples, rollups };
  });
