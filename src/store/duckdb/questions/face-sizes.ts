import type { DuckDBConnection } from '@duckdb/node-api';
import { FACE_SIZE_STEPS_PX, type Cell } from '../../../contracts/cell.js';
import { ms, Values } from '../sql/filter.js';
import { safeSizes, type SizedVisitor } from '../../safe-sizes.js';
import { FOLLOWED_MS } from './persons.js';
import { numberOf, numberOrNull, selectRows } from '../sql/select.js';

type Union = Pick<Cell, 'id' | 'role' | 'fromTs' | 'toTs' | 'k'>;

const BAND = `CASE ${FACE_SIZE_STEPS_PX.map((_, index) => FACE_SIZE_STEPS_PX.length - index)
  .map((band) => `WHEN size_px >= ${String(FACE_SIZE_STEPS_PX[band - 1])} THEN ${band}`)
  .join(' ')} ELSE 0 END`;

/** The visitors of a union whose samples are still kept. */
const sizedVisitors = async (connection: DuckDBConnection, union: Union): Promise<readonly SizedVisitor[]> => {
  const { id, role, fromTs, toTs } = union;
  const values = new Values();
  const view = `stream = ${values.add(id)} AND role = ${values.add(role ?? '')}::role AND NOT withheld`;
  const inside = (time: string): string => `${time} >= ${ms(fromTs)} AND ${time} < ${ms(toTs)}`;
  const rows = await selectRows(
    connection,
    `WITH visits AS (SELECT track, start_ts FROM tracks WHERE ${view} AND ${inside('start_ts')}),
     seen AS (
       SELECT track, start_ts, ${BAND} AS band, ${inside('ts')} AS inside,
         coalesce(ts >= start_ts AND ts < start_ts + ${FOLLOWED_MS}, false) AS own
       FROM samples LEFT JOIN visits USING (track)
       WHERE ${view} AND ts >= ${ms(fromTs)} AND ts < ${ms(toTs + FOLLOWED_MS)}),
     borders AS (
       SELECT from_ts FROM cells WHERE kind = 'view' AND level = 0 AND id = ${values.add(id)}
         AND role = ${values.add(role ?? '')} AND ${inside('from_ts')})
     SELECT (SELECT max(from_ts) FROM borders WHERE from_ts <= any_value(start_ts)) AS cell,
       coalesce(max(band) FILTER (own), 0)::INTEGER AS largest,
       bit_or(CASE WHEN inside THEN 1 << band ELSE 0 END)::INTEGER AS bands
     FROM seen GROUP BY track HAVING bool_or(inside OR own)`,
    values.named,
  );
  return rows.map((row) => ({
    cell: numberOrNull(row, 'cell'),
    largest: numberOf(row, 'largest'),
    bands: numberOf(row, 'bands'),
  }));
};

/** The steps of size by which a union of cells may be asked. */
export const safeSizesOf = async (connection: DuckDBConnection, union: Union): Promise<number[]> =>
  safeSizes(await sizedVisitors(connection, union), union.k);
