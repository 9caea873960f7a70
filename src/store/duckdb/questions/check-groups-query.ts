import type { DuckDBConnection } from '@duckdb/node-api';
import { CELL_LEVELS } from '../../../contracts/cell.js';
import type { CheckGroup, GroupedCheck } from '../../../contracts/service/spot-check.js';
import type { CheckGroupFilter } from '../../ports/check-group-reader.js';
import { checkPeriod } from '../../question-checks.js';
import { ms, Values } from '../sql/filter.js';
import { numberOf, selectRows, textOf } from '../sql/select.js';

/** Groups of checks by the time of their last one. */
export const listCheckGroups = async (
  connection: DuckDBConnection,
  filter: CheckGroupFilter,
): Promise<readonly CheckGroup[]> => {
  checkPeriod(filter);
  const { fromTs, toTs, streams = [] } = filter;
  const values = new Values();
  const ofStreams = streams.length === 0 ? '' : ` AND stream IN (${values.list(streams)})`;
  const rows = await selectRows(
    connection,
    `SELECT id, ts, stream, level, k, threshold, content FROM check_groups
     WHERE ts >= ${ms(fromTs)} AND ts < ${ms(toTs)}${ofStreams} ORDER BY ts, id`,
    values.named,
  );
  return rows.map((row) => ({
    id: textOf(row, 'id'),
    ts: numberOf(row, 'ts'),
    streamId: textOf(row, 'stream'),
    level: CELL_LEVELS[numberOf(row, 'level')] === 'wide' ? 'wide' : 'cell',
    k: numberOf(row, 'k'),
    threshold: numberOf(row, 'threshold'),
    checks: JSON.parse(textOf(row, 'content')) as readonly GroupedCheck[],
  }));
};
