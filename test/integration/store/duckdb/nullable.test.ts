import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { migrate } from '../../../../src/store/duckdb/file/migrate.js';
import { numberOf, numberOrNull, selectRows, sumOf, textOf } from '../../../../src/store/duckdb/sql/select.js';

/** Every column that may be NULL and is read back as a field of its own; a new one needs its line below. */
const READ_BACK: Readonly<Record<string, readonly string[]>> = {
  samples: ['age', 'gender', 'zone'],
  frames: ['zone'],
  tracks: ['age', 'gender', 'zone'],
  contacts: [
    'answer_by_chance',
    'baseline_happiness',
    'lag_ms',
    'lag_p',
    'lag_r',
    'latency_ms',
    'peak_verdict',
    'rise_over_baseline',
    'verdict',
  ],
  observations: ['amount', 'counter', 'device', 'employee'],
  audit: ['address', 'request_id', 'target'],
};

describe('what is unknown comes back unknown, never as zero', () => {
  it('in every column that may be empty', async () => {
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    await migrate(connection);
    const rows = await selectRows(
      connection,
      `SELECT table_name AS t, column_name AS c FROM duckdb_columns()
       WHERE is_nullable AND NOT internal AND column_name NOT IN ('rule', 'still', 'late', 'withheld') ORDER BY c`,
    );
    for (const [table, columns] of Object.entries(READ_BACK)) {
      expect(rows.filter((row) => textOf(row, 't') === table).map((row) => textOf(row, 'c'))).toEqual(columns);
    }
    connection.closeSync();
    instance.closeSync();
  });

  it('in a column that always holds a number, NULL is an error', () => {
    expect(() => numberOf({ p: null }, 'p')).toThrow('Column p holds no number');
    expect(() => numberOf({}, 'p')).toThrow(TypeError);
    expect(numberOf({ p: 0n }, 'p')).toBe(0);
    expect(numberOrNull({ p: null }, 'p')).toBeNull();
    expect([sumOf(undefined, 'n'), sumOf({ n: null }, 'n'), sumOf({ n: 3n }, 'n')]).toEqual([0, 0, 3]);
  });
});
