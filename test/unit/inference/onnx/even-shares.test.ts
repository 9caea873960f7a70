import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FaceRequest, FaceShape } from '../../../../src/inference/engine-port.js';
import { evenShares, faceCost, inOrder } from '../../../../src/inference/onnx/even-shares.js';

const costs = fc.array(fc.integer({ min: 1, max: 50 }), { maxLength: 30 });
const threads = fc.integer({ min: 1, max: 8 });
const own = (cost: number): number => cost;

describe('evenShares', () => {
  test('gives every item to one share, none empty, and answers come back in the order of the list', () => {
    fc.assert(
      fc.property(costs, threads, (list, count) => {
        const shares = evenShares(list, count, own);
        expect(shares).toHaveLength(Math.min(count, list.length));
        expect(shares.every(({ items }) => items.length > 0)).toBe(true);
        const answers = shares.map(({ items }) => items.map((item) => `seen ${item}`));
        expect(inOrder(shares, answers)).toEqual(list.map((item) => `seen ${item}`));
      }),
    );
  });

  test('no share costs more than the mean and one item beside', () => {
    fc.assert(
      fc.property(costs, threads, (list, count) => {
        const total = list.reduce((sum, cost) => sum + cost, 0);
        const dearest = Math.max(0, ...list);
        for (const { items } of evenShares(list, count, own))
          expect(items.reduce((sum, cost) => sum + cost, 0)).toBeLessThanOrEqual(total / count + dearest);
      }),
    );
  });

  test('faces that need a mesh, age and gender are spread over the threads', () => {
    const box = { x: 0, y: 0, width: 1, height: 1 };
    const shape = {} as FaceShape;
    const known: FaceRequest = { box, points: [], attributes: false, shape };
    const fresh: FaceRequest = { box, points: [], attributes: true, shape: null };
    expect(faceCost(fresh)).toBeGreaterThan(3 * faceCost(known));
    const shares = evenShares([fresh, fresh, known, known, known, known], 2, faceCost);
    expect(shares.map(({ items }) => items.filter(({ attributes }) => attributes).length)).toEqual([1, 1]);
  });
});
