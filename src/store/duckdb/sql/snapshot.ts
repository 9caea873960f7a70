import type { DuckDBConnection } from '@duckdb/node-api';
import type { Coverage } from '../../ports/portrait-reader.js';
import type { Period } from '../../../contracts/period.js';
import type { RowCounts } from '../../ports/row-sink.js';
import { perKind } from '../../row-kinds.js';
import { ms } from './filter.js';
import type { Horizon, PeriodPlan } from '../../period-plan.js';
import { numberOf, numberOrNull, selectRows, sumOf } from './select.js';

/** Runs several reads against one state of the database. */
export const inSnapshot = async <T>(
  connection: DuckDBConnection,
  work: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> => {
  await connection.run('BEGIN TRANSACTION READ ONLY');
  try {
    return await work(connection);
  } finally {
    await connection.run('ROLLBACK').catch(() => undefined);
  }
};

/** How far rollups and raw rows reach in this snapshot. */
export const readHorizon = async (connection: DuckDBConnection): Promise<Horizon> => {
  const [row = {}] = await selectRows(connection, 'SELECT rolled_seq, raw_from_ts FROM rollup_state');
  return { rolledSeq: numberOf(row, 'rolled_seq'), rawFromTs: numberOrNull(row, 'raw_from_ts') };
};

/** Rows of the period that never reached the disk, by kind. */
const readLosses = async (connection: DuckDBConnection, { fromTs, toTs }: Period): Promise<RowCounts> => {
  const rows = await selectRows(
    connection,
    `SELECT kind, sum(row_count)::BIGINT AS n FROM losses
     WHERE to_ts >= ${ms(fromTs)} AND from_ts < ${ms(toTs)} GROUP BY kind`,
  );
  const lost = (kind: string) =>
    sumOf(
      rows.find((row) => row['kind'] === kind),
      'n',
    );
  return perKind(lost);
};

/** What an answer by this plan rests on. */
export const coverageOf = async (
  connection: DuckDBConnection,
  plan: PeriodPlan,
  horizon: Horizon,
  period: Period,
): Promise<Coverage> => ({
  source: plan.source,
  rawFromTs: horizon.rawFromTs,
  threshold: plan.threshold,
  missing: plan.missing,
  lost: await readLosses(connection, period),
});
