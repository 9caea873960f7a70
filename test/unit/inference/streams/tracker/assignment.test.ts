import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignCheapest } from '../../../../../src/inference/streams/tracker/assignment.js';

const totalOf = (cost: readonly (readonly number[])[], columns: readonly number[]): [made: number, sum: number] => {
  let made = 0;
  let sum = 0;
  columns.forEach((column, row) => {
    if (column < 0) return;
    made += 1;
    sum += cost[row]?.[column] ?? Infinity;
  });
  return [made, sum];
};

/** Every assignment, by brute force: most pairs first, then the cheapest. */
const bestOf = (cost: readonly (readonly number[])[], row = 0, used = new Set<number>()): [number, number] => {
  if (row === cost.length) return [0, 0];
  let best = bestOf(cost, row + 1, used);
  (cost[row] ?? []).forEach((value, column) => {
    if (used.has(column) || !Number.isFinite(value)) return;
    const [made, sum] = bestOf(cost, row + 1, new Set([...used, column]));
    if (made + 1 > best[0] || (made + 1 === best[0] && sum + value < best[1])) best = [made + 1, sum + value];
  });
  return best;
};

describe('assignment', () => {
  it.each([
    ['nothing', [], []],
    ['no columns', [[], []], [-1, -1]],
    [
      'greedy would be wrong',
      [
        [1, 2],
        [1, 100],
      ],
      [1, 0],
    ],
    [
      'forbidden pairs stay apart',
      [
        [Infinity, Infinity],
        [Infinity, 3],
      ],
      [-1, 1],
    ],
    ['more rows than columns', [[5], [1], [3]], [-1, 0, -1]],
  ])('%s', (_, cost, expected) => {
    expect(assignCheapest(cost)).toEqual(expected);
  });

  it('equals brute force', () => {
    const value = fc.oneof(fc.nat(50), fc.constant(Infinity));
    const matrix = fc
      .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }))
      .chain(([rows, columns]) =>
        fc.array(fc.array(value, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }),
      );
    fc.assert(
      fc.property(matrix, (cost) => {
        const columns = assignCheapest(cost);
        const taken = columns.filter((column) => column >= 0);
        expect(new Set(taken).size).toBe(taken.length);
        expect(totalOf(cost, columns)).toEqual(bestOf(cost));
      }),
      { numRuns: 300 },
    );
  });
});
