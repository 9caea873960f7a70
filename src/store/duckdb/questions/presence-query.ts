import type { DuckDBConnection } from '@duckdb/node-api';
import type { Role } from '../../../contracts/role.js';
import type { Period } from '../../../contracts/period.js';
import { checkPeriod } from '../../question-checks.js';
import { ms } from '../sql/filter.js';
import { numberOf, numberOrNull, selectRows, textOf } from '../sql/select.js';
import { MINUTE_MS } from '../../../time/units.js';

/** Rows of a table of minutes that touch a period. */
const minutesIn = ({ fromTs, toTs }: Period): string =>
  `minute > ${ms(fromTs)} - ${MINUTE_MS} AND minute < ${ms(toTs)}`;

/** Rows not rolled up yet. */
const newIn = ({ fromTs, toTs }: Period): string =>
  `seq > (SELECT rolled_seq FROM rollup_state) AND ts >= ${ms(fromTs)} AND ts < ${ms(toTs)}`;

/** Every stream and role with frames or samples in the period, rolled up or not. */
export const distinctStreams = async (
  connection: DuckDBConnection,
  period: Period,
): Promise<readonly { readonly streamId: string; readonly role: Role }[]> => {
  checkPeriod(period);
  const rows = await selectRows(
    connection,
    `SELECT DISTINCT stream, role::VARCHAR AS role FROM (
       SELECT stream, role FROM frame_rollups WHERE ${minutesIn(period)}
       UNION ALL SELECT stream, role FROM rollups WHERE ${minutesIn(period)}
       UNION ALL SELECT stream, role FROM frames WHERE ${newIn(period)}
       UNION ALL SELECT stream, role FROM samples WHERE ${newIn(period)})
     ORDER BY stream, role`,
  );
  return rows.map((row) => ({ streamId: textOf(row, 'stream'), role: textOf(row, 'role') as Role }));
};

/** From the first analysed frame of a period to its last, to the minute; null without any. */
export const filledPeriod = async (connection: DuckDBConnection, period: Period): Promise<Period | null> => {
  checkPeriod(period);
  const [row] = await selectRows(
    connection,
    `SELECT min(first) AS first, max(last) AS last FROM (
       SELECT min(minute) AS first, max(minute) + ${MINUTE_MS} AS last FROM frame_rollups WHERE ${minutesIn(period)}
       UNION ALL SELECT min(ts) AS first, max(ts) + 1 AS last FROM frames WHERE ${newIn(period)})`,
  );
  if (row === undefined || numberOrNull(row, 'first') === null) return null;
  return {
    fromTs: Math.max(period.fromTs, numberOf(row, 'first')),
    toTs: Math.min(period.toTs, numberOf(row, 'last')),
  };
};
