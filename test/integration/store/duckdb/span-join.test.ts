import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Covered } from '../../../../src/contracts/cell.js';
import { Values } from '../../../../src/store/duckdb/sql/filter.js';
import { joinIntervals, joinStarts, type SpanJoin } from '../../../../src/store/duckdb/sql/span-join.js';
import { seeded } from '../../../fixtures/seeded.js';

let connection: DuckDBConnection;
beforeAll(async () => {
  connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run(`CREATE TYPE role AS ENUM ('customer', 'seller')`);
});
afterAll(() => connection.closeSync());

interface Row {
  readonly streamId: string;
  readonly role: string;
  readonly ts: number;
}

/** The label that each row is joined to, null for a row that is left out; throws where a row is joined twice. */
const labelsOf = async (rows: readonly Row[], join: SpanJoin, values: Values): Promise<(number | null)[]> => {
  if (rows.length === 0) return [];
  const list = rows.map(
    ({ streamId, role, ts }, n) => `(${n}, ${values.add(streamId)}, '${role}'::role, ${ts}::BIGINT)`,
  );
  const sql = `SELECT n, bucket FROM (VALUES ${list.join(', ')}) v(n, stream, role, ts) ${join('ts')}`;
  const found = (await connection.runAndReadAll(sql, values.named)).getRows();
  const labels = new Map(found.map(([n, label]) => [Number(n), Number(label)]));
  expect(labels.size).toBe(found.length);
  return rows.map((_, n) => labels.get(n) ?? null);
};

/** Instants a millisecond to a day apart, and years between them, ascending. */
const anyTimes = fc
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
  .map((times) => times.sort((a, b) => a - b));

const around = (times: readonly number[]): number[] => times.flatMap((ts) => [ts - 1, ts, ts + 1]);
const customer = (ts: number): Row => ({ streamId: 'a', role: 'customer', ts });

it('a row is joined to the last start at or before it, however unevenly these lie, until the period ends', async () => {
  await fc.assert(
    fc.asyncProperty(anyTimes, fc.nat({ max: 1000 }), async (starts, lastMs) => {
      const toTs = (starts.at(-1) ?? 0) + 1 + lastMs;
      const rows = [...around(starts), ...around([toTs])].map(customer);
      const expected = rows.map(({ ts }) => (ts < toTs ? starts.findLast((start) => start <= ts) : undefined) ?? null);
      expect(await labelsOf(rows, joinStarts(starts, { toTs }), new Values())).toEqual(expected);
    }),
    seeded('joins by starts', 40),
  );
}, 240_000);

it('a row is joined to the interval of its stream and role that holds it, and to no other', async () => {
  const anyIntervals = anyTimes.map((times): (Covered & { label: number })[] =>
    times.slice(1).flatMap((toTs, n) => {
      const [fromTs, role] = [times[n] ?? 0, n % 3 === 0 ? ('seller' as const) : ('customer' as const)];
      return n % 4 === 1 ? [] : [{ streamId: n % 2 === 0 ? 'a' : "b'; --", role, fromTs, toTs, label: n }];
    }),
  );
  await fc.assert(
    fc.asyncProperty(anyIntervals, async (intervals) => {
      const rows = around(intervals.flatMap(({ fromTs, toTs }) => [fromTs, toTs])).flatMap((ts) =>
        ['a', "b'; --", 'c'].flatMap((streamId) => ['customer', 'seller'].map((role): Row => ({ streamId, role, ts }))),
      );
      const holds = (row: Row, one: Covered): boolean =>
        one.streamId === row.streamId && one.role === row.role && one.fromTs <= row.ts && row.ts < one.toTs;
      const expected = rows.map((row) => intervals.find((one) => holds(row, one))?.label ?? null);
      const values = new Values();
      expect(await labelsOf(rows, joinIntervals(intervals, values), values)).toEqual(expected);
    }),
    seeded('joins by intervals', 25),
  );
}, 240_000);
