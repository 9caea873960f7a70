import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { migrate } from '../../../../src/store/duckdb/file/migrate.js';
import { REGISTERED_KINDS } from '../../../../src/store/duckdb/row-kinds/registry.js';
import { selectRows, textOf } from '../../../../src/store/duckdb/sql/select.js';
import { ROW_KINDS } from '../../../../src/store/ports/row-sink.js';

const columnsAt = async (version: number, table: string): Promise<readonly string[]> => {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    await migrate(connection, version);
    const rows = await selectRows(
      connection,
      `SELECT column_name AS name FROM duckdb_columns() WHERE table_name = '${table}' AND NOT internal`,
    );
    return rows.map((row) => textOf(row, 'name'));
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
};

describe('kinds of rows', () => {
  it('are registered each once', () => {
    expect(REGISTERED_KINDS.map(({ kind }) => kind).sort()).toEqual([...ROW_KINDS].sort());
  });

  it.each(REGISTERED_KINDS.map((kind) => [kind.table, kind] as const))(
    'have their table since the version they name, with the time they expire by: %s',
    async (table, { since, time }) => {
      expect(await columnsAt(since - 1, table)).toEqual([]);
      expect(await columnsAt(since, table)).toEqual(expect.arrayContaining(['seq', time]));
    },
  );
});
