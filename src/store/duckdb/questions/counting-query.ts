import type { DuckDBConnection } from '@duckdb/node-api';
import type { Role } from '../../../contracts/role.js';
import type { CountingRow } from '../../ports/portrait-reader.js';
import type { RowFilter } from '../../ports/row-filter.js';
import { checkPeriod } from '../../question-checks.js';
import { keyCondition, ms, Values, withinCondition } from '../sql/filter.js';
import { numberOf, selectRows, textOf } from '../sql/select.js';
import { inSnapshot, readHorizon } from '../sql/snapshot.js';

/** Who was left out and how well people could be followed; minutes are whole ones, as the sums per minute are. */
export const counting = (
  connection: DuckDBConnection,
  filter: RowFilter & { readonly longStayMs: number },
): Promise<readonly CountingRow[]> => {
  checkPeriod(filter);
  return inSnapshot(connection, async () => {
    const { rolledSeq } = await readHorizon(connection);
    const values = new Values();
    const key = keyCondition(filter, values) + (filter.zoneId === undefined ? ' AND zone IS NULL' : '');
    const within = (time: string): string =>
      `${time} >= ${ms(filter.fromTs)} AND ${time} < ${ms(filter.toTs)}${withinCondition(filter, time, values)}`;
    const rows = await selectRows(
      connection,
      `WITH counts AS (
         SELECT stream, role, minute, analysed, still, late FROM frame_rollups WHERE ${within('minute')}${key}
         UNION ALL
         SELECT stream, role, ts - ts % 60000 AS minute, analysed, still, late FROM frames
           WHERE NOT withheld AND seq > ${rolledSeq} AND ${within('ts')}${key}),
       totals AS (
         SELECT stream, role, sum(analysed) AS analysed, sum(still) AS still, sum(late) AS late FROM counts GROUP BY ALL),
       -- Only where something came late are there minutes to be looked at one by one, which takes a second for five years.
       minutes AS (
         SELECT stream, role, sum(late) * 2 > sum(analysed) AS is_slow
         FROM counts SEMI JOIN (FROM totals WHERE late > 0) USING (stream, role) GROUP BY stream, role, minute),
       slow AS (
         SELECT stream, role, count(*) AS minutes, count(*) FILTER (is_slow) AS slow FROM minutes GROUP BY ALL),
       stays AS (
         SELECT stream, role, count(*) AS stays FROM tracks
         WHERE NOT withheld AND ${within('start_ts')}${keyCondition(filter, values)} AND role <> 'seller'
           AND dwell_ms >= ${ms(filter.longStayMs)} GROUP BY ALL)
       SELECT stream, role::VARCHAR AS role, analysed, still, coalesce(minutes, 0) AS minutes, coalesce(slow, 0) AS slow,
         coalesce(stays, 0) AS stays
       FROM totals LEFT JOIN slow USING (stream, role) LEFT JOIN stays USING (stream, role) ORDER BY ALL`,
      values.named,
    );
    return rows.map((row) => ({
      streamId: textOf(row, 'stream'),
      role: textOf(row, 'role') as Role,
      analysedFrames: numberOf(row, 'analysed'),
      stillFaces: numberOf(row, 'still'),
      minutes: numberOf(row, 'minutes'),
      slowMinutes: numberOf(row, 'slow'),
      longStays: numberOf(row, 'stays'),
    }));
  });
};
