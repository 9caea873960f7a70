import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dearestFirst } from '../../../../../src/inference/engine/onnx/face-cost.js';
import { allTaken, nothingTaken, parts, placesOf } from '../../../../../src/inference/engine/onnx/shared-job.js';

describe('a shared job', () => {
  test('every item is taken once, whichever thread comes for the next', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30 }), fc.array(fc.integer({ min: 0, max: 3 })), (count, turns) => {
        const share = { taken: nothingTaken() };
        const threads = Array.from({ length: 4 }, () => placesOf(share, count));
        const seen: number[] = [];
        // In the order of the turns, then whoever is left.
        for (const turn of [...turns, ...Array.from({ length: 4 * (count + 1) }, (_, i) => i % 4)]) {
          const next = threads[turn]?.next();
          if (next?.done === false) seen.push(next.value);
        }
        expect(seen).toEqual(Array.from({ length: count }, (_, i) => i));
        expect(allTaken(share, count)).toBe(true);
      }),
    );
  });

  test('one that is not shared is gone through from the first to the last, as often as asked', () => {
    expect([...placesOf({}, 3)]).toEqual([0, 1, 2]);
    expect([...placesOf({}, 3)]).toEqual([0, 1, 2]);
    expect(allTaken({}, 0)).toBe(false);
    expect(allTaken({ taken: nothingTaken() }, 1)).toBe(false);
  });

  test('is taken in parts, no item before it is wanted', () => {
    const share = { taken: nothingTaken() };
    const mine = parts(placesOf(share, 5), 2);
    expect(mine.next().value).toEqual([0, 1]);
    expect([...placesOf(share, 3)]).toEqual([2]);
    expect(mine.next().value).toEqual([4]);
    expect(mine.next().done).toBe(true);
  });
});

test('the faces that take longest come first, with the places they had', () => {
  const face = { box: { x: 0, y: 0, width: 1, height: 1 }, points: [], attributes: false };
  const shape = {
    pose: { yaw: 0, pitch: 0, roll: 0 },
    presence: 1,
    frame: { centreX: 0, centreY: 0, sidePx: 1, angleRad: 0 },
  };
  const order = dearestFirst([
    { ...face, shape },
    face,
    { ...face, shape, attributes: true },
    { ...face, attributes: true },
  ]);
  expect(order.map(({ place }) => place)).toEqual([3, 2, 1, 0]);
});
