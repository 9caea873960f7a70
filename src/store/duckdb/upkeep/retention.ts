import type { DuckDBConnection } from '@duckdb/node-api';
import { DAY_MS } from '../../../time/units.js';
import type { RowKind } from '../../ports/row-sink.js';
import { inTransaction } from './rollup.js';
import { REGISTERED_KINDS } from '../row-kinds/registry.js';
import type { RegisteredKind } from '../row-kinds/row-kind.js';
import type { RecordedDay } from '../../clock-doubt.js';
import type { Expiry } from '../../maintenance.js';
import { numberOf, numberOrNull, selectRows } from '../sql/select.js';

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

/** Sums per minute and what is told apart from rows; their column of time. */
const SUMS = [
  ['rollups', 'minute'],
  ['frame_rollups', 'minute'],
] as const;

const drop = async (connection: DuckDBConnection, table: string, condition: string): Promise<number> => {
  const { rowsChanged } = await connection.run(`DELETE FROM ${table} WHERE ${condition}`);
  return rowsChanged;
};

/** Removes rows of a kind, with what depends on them, by a condition on their time. */
const dropRows = async (connection: DuckDBConnection, kind: RegisteredKind, condition: string): Promise<number> => {
  const own = `${kind.time} ${condition}`;
  for (const statement of kind.dropDependent(own)) await connection.run(statement);
  return drop(connection, kind.table, own);
};

/** Removes rows of all kinds that live as long as these; by kind. */
const dropKept = async (connection: DuckDBConnection, keptAs: RegisteredKind['keptAs'], condition: string) => {
  const gone: Partial<Record<RowKind, number>> = {};
  for (const kind of REGISTERED_KINDS.filter((one) => one.keptAs === keptAs))
    gone[kind.kind] = await dropRows(connection, kind, condition);
  return gone;
};

const total = (counts: Partial<Record<RowKind, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

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
    const raw = await dropKept(connection, 'samples', `< ${rawFromTs}`);
    if (total(raw) > 0) {
      await connection.run(
        `UPDATE rollup_state SET raw_from_ts = greatest(coalesce(raw_from_ts, ${rawFromTs}), ${rawFromTs})`,
      );
    }
    const expired = `< ${Math.floor(rollupsBeforeTs)}`;
    // A cell that has lost some of its rows would tell by each row it loses next.
    await drop(connection, 'cells', `from_ts ${expired}`);
    let rollups = total(await dropKept(connection, 'rollups', expired));
    for (const [table, time] of SUMS) rollups += await drop(connection, table, `${time} ${expired}`);
    rollups += await drop(connection, 'losses', `to_ts ${expired}`);
    return { samples: raw.samples ?? 0, rollups };
  });

/** Removes what a clock that was ahead has left, from `fromTs` on, and the cells that reach into it; gives the number of rows. */
export const dropStrays = (connection: DuckDBConnection, fromTs: number): Promise<number> =>
  inTransaction(connection, async () => {
    const later = `>= ${Math.floor(fromTs)}`;
    let rows = 0;
    for (const kind of REGISTERED_KINDS) rows += await dropRows(connection, kind, later);
    for (const [table, time] of SUMS) rows += await drop(connection, table, `${time} ${later}`);
    return rows + (await drop(connection, 'cells', `to_ts ${later}`));
  });
