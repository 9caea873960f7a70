import type { DuckDBConnection } from '@duckdb/node-api';
import type { Role } from '../../contracts/role.js';
import type { CountingRow, RowFilter } from '../port.js';
import { checkPeriod, keyCondition, ms, Values, withinCondition } from './filter.js';
import { numberOf, selectRows, textOf } from './select.js';
import { inSnapshot, readHorizon } from './snapshot.js';

const FRAMES = 'sum(analysed) AS analysed, sum(still) AS still, sum(late) AS late';

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
      `WITH minutes AS (
         SELECT stream, role, minute, sum(analysed) AS analysed, sum(still) AS still, sum(late) AS late FROM (
           SELECT stream, role, minute, ${FRAMES} FROM frame_rollups WHERE ${within('minute')}${key} GROUP BY ALL
           UNION ALL
           SELECT stream, role, ts - ts % 60000 AS minute, ${FRAMES} FROM frames
             WHERE NOT withheld AND seq > ${rolledSeq} AND ${within('ts')}${key} GROUP BY ALL)
         GROUP BY ALL),
       stays AS (
         SELECT stream, role, count(*) AS stays FROM tracks
         WHERE NOT withheld AND ${within('start_ts')}${keyCondition(filter, values)} AND role <> 'seller'
           AND dwell_ms >= ${ms(filter.longStayMs)} GROUP BY ALL)
       SELECT minutes.stream, minutes.role::VARCHAR AS role, sum(analysed) AS analysed, sum(still) AS still,
         count(*) AS minutes, count(*) FILTER (late * 2 > analysed) AS slow, coalesce(any_value(stays), 0) AS stays
       FROM minutes LEFT JOIN stays ON minutes.stream = stays.stream AND minutes.role = stays.role
       GROUP BY minutes.stream, minutes.role ORDER BY minutes.stream, minutes.role`,
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
