import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { labelAt, type Edge } from '../../../../src/store/duckdb/sql/intervals.js';
import { seeded } from '../../../fixtures/seeded.js';

let connection: DuckDBConnection;
beforeAll(async () => {
  connection = await (await DuckDBInstance.create(':memory:')).connect();
});
afterAll(() => connection.closeSync());

const labelsOf = async (sql: string): Promise<(number | null)[]> => {
  const rows = (await connection.runAndReadAll(sql)).getRows();
  return rows.map(([label]) => (label === null ? null : Number(label)));
};

/** The definition. */
const expected = (edges: readonly Edge[], ts: number): number | null => {
  const passed = edges.filter(({ fromTs }) => fromTs <= ts).sort((a, b) => b.fromTs - a.fromTs);
  return passed[0]?.label ?? null;
};

/** Edges a day, minutes and milliseconds apart, and years between them. */
const anyEdges = fc
  .uniqueArray(
    fc
      .tuple(
        fc.constantFrom(0, 5 * 365 * 86_400_000),
        fc.constantFrom(1, 1000, 60_000, 86_400_000),
        fc.nat({ max: 40 }),
      )
      .map(([year, step, n]) => year + step * n),
    { maxLength: 40 },
  )
  .map((times) => times.map((fromTs, label): Edge => ({ fromTs, label })));

it('the label of the last edge at or before a time is found for every time, however unevenly edges lie', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyEdges,
      fc.array(fc.nat({ max: 6 * 365 * 86_400_000 }), { maxLength: 20 }),
      async (edges, some) => {
        const times = [...some, ...edges.flatMap(({ fromTs }) => [fromTs - 1, fromTs, fromTs + 1])];
        if (times.length === 0) return;
        const sql = `SELECT ${labelAt(edges, 'ts')} FROM (SELECT unnest([${times.join(', ')}]::BIGINT[]) AS ts)`;
        expect(await labelsOf(sql)).toEqual(times.map((ts) => expected(edges, ts)));
      },
    ),
    // Each asks for up to 140 times, and is read by DuckDB as tens of thousands of numbers.
    seeded('labels of edges', 25),
  );
}, 240_000);
