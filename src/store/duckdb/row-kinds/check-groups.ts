import { BIGINT, DOUBLE, LIST, listValue, UINTEGER, UTINYINT, VARCHAR } from '@duckdb/node-api';
import { CELL_LEVELS } from '../../../contracts/cell.js';
import type { CheckGroup } from '../../../contracts/service/spot-check.js';
import { copied, ownTable, registered } from './row-kind.js';
import { epochMs, type TableColumns } from './table-columns.js';

/** Groups as stored: the ids of their checks in a column, the counts as JSON. */
const CHECK_GROUPS: TableColumns<CheckGroup> = {
  table: 'check_groups',
  columns: [
    ['id', VARCHAR, (g) => g.id],
    ['ts', BIGINT, (g) => epochMs(g.ts)],
    ['stream', VARCHAR, (g) => g.streamId],
    ['level', UTINYINT, (g) => CELL_LEVELS.indexOf(g.level)],
    ['k', UINTEGER, (g) => g.k],
    ['threshold', DOUBLE, (g) => g.threshold],
    ['check_ids', LIST(VARCHAR), (g) => listValue(g.checks.map(({ id }) => id))],
    ['content', VARCHAR, (g) => JSON.stringify(g.checks)],
  ],
};

/**
 * Checks that are told together alone. What is stored stays: a group that shares a check with one that is there would
 * make their difference an answer about fewer, and is dropped.
 */
export const checkGroups = registered('checkGroups', {
  since: 10,
  time: 'ts',
  tables: [
    ownTable({
      columns: CHECK_GROUPS,
      storedOf: (rows: readonly CheckGroup[]) => rows,
      moves: (stage, seq) => [
        `DELETE FROM ${stage} USING check_groups k WHERE k.stream = ${stage}.stream AND k.level = ${stage}.level
           AND list_has_any(k.check_ids, ${stage}.check_ids)`,
        copied(CHECK_GROUPS, stage, seq),
      ],
    }),
  ],
});
