import { DuckDBInstance } from '@duckdb/node-api';
import { expect, it } from 'vitest';
import { FRAME_SUMS, ME1_SUMS, SAMPLE_SUMS } from '../../../../src/contracts/figures/me1-sums.js';
import { migrate } from '../../../../src/store/duckdb/file/migrate.js';
import { selectRows, textOf } from '../../../../src/store/duckdb/sql/select.js';
import { conditionSql, frameColumn, sumColumn, sumSql } from '../../../../src/store/duckdb/sql/sum-sql.js';

it('each sum that is kept by the minute has a column of its kind: counts are whole, sums of values are not', async () => {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    await migrate(connection);
    const typesOf = async (table: string): Promise<Record<string, string>> => {
      const rows = await selectRows(
        connection,
        `SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = '${table}'`,
      );
      return Object.fromEntries(rows.map((row) => [textOf(row, 'column_name'), textOf(row, 'data_type')]));
    };
    const rollups = await typesOf('rollups');
    for (const name of ME1_SUMS.filter((sum) => sum !== 'absolute'))
      expect([name, rollups[sumColumn(name)]]).toEqual([
        name,
        SAMPLE_SUMS[name].adds === 'one' ? 'UINTEGER' : 'DOUBLE',
      ]);
    const frames = await typesOf('frame_rollups');
    for (const name of FRAME_SUMS) expect([name, frames[frameColumn(name)]]).toEqual([name, 'UINTEGER']);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
});

it('a sum by T is not written without T', () => {
  expect(() => sumSql('absolute')).toThrow('needs T');
  expect(sumSql('absolute', '$p0')).toBe('count(*) FILTER (happiness >= $p0) AS absolute');
  expect(conditionSql({ of: 'age' })).toBe('age IS NOT NULL');
});
