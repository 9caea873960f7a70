import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FaceShape } from '../../../../../src/inference/describe/face-description.js';
import { carryShape } from '../../../../../src/inference/describe/shape/carry-shape.js';
import { ShapeMemory } from '../../../../../src/inference/describe/shape/shape-memory.js';

/** Eyes, nose, mouth and ears of a frontal face 100 px wide around (300, 200), as the detector gives them. */
const POINTS = [280, 185, 320, 185, 300, 205, 300, 225, 255, 190, 345, 190];

const shape: FaceShape = {
  pose: { yaw: 4, pitch: -3, roll: 2 },
  presence: 0.99,
  frame: { centreX: 300, centreY: 205, sidePx: 100, angleRad: 0.035 },
};

const moved = (points: readonly number[], turnRad: number, scale: number, dx: number, dy: number): number[] =>
  points.map((_, i) => {
    const [x, y] = [points[i - (i % 2)] ?? 0, points[i - (i % 2) + 1] ?? 0];
    const [c, s] = [scale * Math.cos(turnRad), scale * Math.sin(turnRad)];
    return i % 2 === 0 ? c * x - s * y + dx : s * x + c * y + dy;
  });

describe('a shape carried over', () => {
  it('follows any turn, approach and shift within the picture', () => {
    const angle = fc.double({ min: -0.6, max: 0.6, noNaN: true });
    const scale = fc.double({ min: 0.81, max: 1.24, noNaN: true });
    const shift = fc.double({ min: -200, max: 200, noNaN: true });
    fc.assert(
      fc.property(angle, scale, shift, shift, (turnRad, factor, dx, dy) => {
        const carried = carryShape(shape, POINTS, moved(POINTS, turnRad, factor, dx, dy));
        const [centreX = 0, centreY = 0] = moved([300, 205], turnRad, factor, dx, dy);
        expect(carried?.frame.centreX).toBeCloseTo(centreX, 6);
        expect(carried?.frame.centreY).toBeCloseTo(centreY, 6);
        expect(carried?.frame.sidePx).toBeCloseTo(100 * factor, 6);
        expect(carried?.frame.angleRad).toBeCloseTo(0.035 + turnRad, 6);
        expect(carried?.pose.roll).toBeCloseTo(2 + (turnRad * 180) / Math.PI, 6);
        expect(carried?.pose.yaw).toBe(4);
      }),
    );
  });

  it('is refused where the nose wanders between the eyes, as in a head that turns', () => {
    const turned = [...POINTS];
    turned[4] = 300 + 8;
    expect(carryShape(shape, POINTS, POINTS)).not.toBeNull();
    expect(carryShape(shape, POINTS, turned)).toBeNull();
  });

  it('is refused for faces that came much nearer, were half hidden, or have no points', () => {
    expect(carryShape(shape, POINTS, moved(POINTS, 0, 1.4, 0, 0))).toBeNull();
    expect(carryShape({ ...shape, presence: 0.5 }, POINTS, POINTS)).toBeNull();
    expect(carryShape(shape, [], [])).toBeNull();
    expect(
      carryShape(
        shape,
        POINTS,
        POINTS.map(() => 5),
      ),
    ).toBeNull();
    expect(
      carryShape(
        shape,
        POINTS.map(() => 5),
        POINTS,
      ),
    ).toBeNull();
  });
});

describe('the memory of shapes', () => {
  it('answers for half a second after the mesh looked, and never for another track or an earlier time', () => {
    const memory = new ShapeMemory();
    memory.remember('a', 1000, POINTS, shape);
    expect(memory.recall('a', 1400, POINTS)).not.toBeNull();
    expect(memory.recall('a', 1600, POINTS)).toBeNull();
    expect(memory.recall('a', 900, POINTS)).toBeNull();
    expect(memory.recall('b', 1400, POINTS)).toBeNull();
    memory.forget('a');
    expect(memory.recall('a', 1400, POINTS)).toBeNull();
  });
});
