import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RIGID_INDICES, RIGID_MODEL } from '../../../../../src/inference/describe/pose/mesh-template.js';
import { poseFromMesh } from '../../../../../src/inference/describe/pose/pose-from-mesh.js';
import { rotationOfPose } from '../../../../../src/inference/describe/pose/rotation.js';
import type { Pose } from '../../../../../src/contracts/face.js';

/** A mesh whose rigid points follow the template at this pose; the others lie anywhere. */
const meshAt = (pose: Pose, size: number, noise: (index: number) => number): Float32Array => {
  const mesh = new Float32Array(468 * 3).fill(50);
  const rotation = rotationOfPose(pose);
  RIGID_INDICES.forEach((index, i) => {
    const p = RIGID_MODEL[i] ?? [0, 0, 0];
    rotation.forEach((row, axis) => {
      mesh[3 * index + axis] = 96 + size * (row[0] * p[0] + row[1] * p[1] + row[2] * p[2]) + noise(3 * i + axis);
    });
  });
  return mesh;
};

const angle = (limit: number) => fc.double({ min: -limit, max: limit, noNaN: true });

describe('pose from the mesh', () => {
  it('the template itself looks straight into the camera', () => {
    const { yaw, pitch, roll } = poseFromMesh(meshAt({ yaw: 0, pitch: 0, roll: 0 }, 50, () => 0));
    for (const value of [yaw, pitch, roll]) expect(value).toBeCloseTo(0, 3);
  });

  it('finds any pose at any size', () => {
    fc.assert(
      fc.property(
        angle(70),
        angle(60),
        angle(90),
        fc.double({ min: 5, max: 500, noNaN: true }),
        (yaw, pitch, roll, size) => {
          const found = poseFromMesh(meshAt({ yaw, pitch, roll }, size, () => 0));
          expect(found.yaw).toBeCloseTo(yaw, 1);
          expect(found.pitch).toBeCloseTo(pitch, 1);
          expect(found.roll).toBeCloseTo(roll, 1);
        },
      ),
    );
  });

  it('holds still while the jaw and cheeks of one side move', () => {
    const moved = new Set([234, 454, 98, 327, 2].map((index) => RIGID_INDICES.indexOf(index)));
    const { yaw, pitch, roll } = poseFromMesh(
      meshAt({ yaw: 20, pitch: -10, roll: 5 }, 50, (at) => (moved.has(Math.floor(at / 3)) ? 6 : 0)),
    );
    expect(Math.abs(yaw - 20)).toBeLessThan(2.5);
    expect(Math.abs(pitch + 10)).toBeLessThan(2.5);
    expect(Math.abs(roll - 5)).toBeLessThan(2.5);
  });
});
