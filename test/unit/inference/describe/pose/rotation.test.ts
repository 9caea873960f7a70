import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { poseOfRotation, rotationOfPose } from '../../../../../src/inference/describe/pose/rotation.js';

describe('pose of a rotation', () => {
  it.each([
    // [what, nose direction in the picture (x right, y down), pose]
    ['turned to the picture’s right', { yaw: 40, pitch: 0, roll: 0 }, [0, 1]],
    ['turned to the picture’s left', { yaw: -40, pitch: 0, roll: 0 }, [0, -1]],
    ['looking up', { yaw: 0, pitch: 30, roll: 0 }, [1, -1]],
    ['looking down', { yaw: 0, pitch: -30, roll: 0 }, [1, 1]],
  ] as const)('%s: the nose goes where the sign says', (_, pose, [axis, sign]) => {
    const rotation = rotationOfPose(pose);
    const nose = [-rotation[0][2], -rotation[1][2], -rotation[2][2]];
    expect(Math.sign(nose[axis] ?? 0)).toBe(sign);
    expect(nose[2]).toBeLessThan(0);
  });

  it('roll > 0 turns the eye line clockwise in the picture: its right end goes down', () => {
    expect(rotationOfPose({ yaw: 0, pitch: 0, roll: 20 })[1][0]).toBeCloseTo(Math.sin((20 * Math.PI) / 180), 10);
  });

  it('gives back the pose a rotation was made from', () => {
    const angle = (limit: number) => fc.double({ min: -limit, max: limit, noNaN: true });
    fc.assert(
      fc.property(angle(85), angle(85), angle(170), (yaw, pitch, roll) => {
        const pose = poseOfRotation(rotationOfPose({ yaw, pitch, roll }));
        expect(pose.yaw).toBeCloseTo(yaw, 6);
        expect(pose.pitch).toBeCloseTo(pitch, 6);
        expect(pose.roll).toBeCloseTo(roll, 6);
      }),
    );
  });
});
