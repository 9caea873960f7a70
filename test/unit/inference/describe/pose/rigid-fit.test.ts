import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitRigid } from '../../../../../src/inference/describe/pose/rigid-fit.js';
import { poseOfRotation, rotationOfPose, type Vector3 } from '../../../../../src/inference/describe/pose/rotation.js';

const model: Vector3[] = [
  [-3, 0, 1],
  [3, 0, 1],
  [-1, -0.2, 0],
  [1, -0.2, 0],
  [0, 2, -2],
  [0, 5, 0.5],
  [0, -4, 0.5],
  [-4, 1, 4],
  [4, 1, 4],
  [0, 1, -1],
];
const angle = (limit: number) => fc.double({ min: -limit, max: limit, noNaN: true });
const pose = fc.record({ yaw: angle(80), pitch: angle(80), roll: angle(80) });

const moved = (rotation: readonly Vector3[], scale: number, shift: Vector3): Vector3[] =>
  model.map((p): Vector3 => {
    const at = (row: number): number => {
      const r = rotation[row] ?? [0, 0, 0];
      return scale * (r[0] * p[0] + r[1] * p[1] + r[2] * p[2]) + (shift[row] ?? 0);
    };
    return [at(0), at(1), at(2)];
  });

describe('rigid fit', () => {
  it('finds rotation and scale of moved points exactly', () => {
    fc.assert(
      fc.property(pose, fc.double({ min: 0.1, max: 50, noNaN: true }), (wanted, scale) => {
        const fit = fitRigid(model, moved(rotationOfPose(wanted), scale, [5, -7, 100]));
        const found = poseOfRotation(fit.rotation);
        expect(found.yaw).toBeCloseTo(wanted.yaw, 4);
        expect(found.pitch).toBeCloseTo(wanted.pitch, 4);
        expect(found.roll).toBeCloseTo(wanted.roll, 4);
        expect(fit.scale / scale).toBeCloseTo(1, 6);
        expect(fit.error).toBeLessThan(1e-5);
        fit.shift.forEach((value, axis) => expect(value).toBeCloseTo([5, -7, 100][axis] ?? 0, 4));
      }),
    );
  });

  it('is hardly moved by one point that went astray', () => {
    fc.assert(
      fc.property(pose, fc.nat(model.length - 1), (wanted, astray) => {
        const points = moved(rotationOfPose(wanted), 1, [0, 0, 0]).map((p, index): Vector3 =>
          index === astray ? [p[0] + 3, p[1] - 3, p[2]] : p,
        );
        const robust = fitRigid(model, points, 12);
        const plain = fitRigid(model, points, 1);
        const off = (fit: typeof robust): number => {
          const target = rotationOfPose(wanted).flat();
          return Math.hypot(...fit.rotation.flat().map((value, index) => value - (target[index] ?? 0)));
        };
        expect(off(robust)).toBeLessThan(Math.max(0.7 * off(plain), 0.05));
      }),
    );
  });
});
