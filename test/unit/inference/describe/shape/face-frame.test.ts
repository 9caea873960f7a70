import { describe, expect, it } from 'vitest';
import { rotationOfPose } from '../../../../../src/inference/describe/pose/rotation.js';
import { faceFrameOf } from '../../../../../src/inference/describe/shape/face-frame.js';

describe('face frame', () => {
  const region = { x: 100, y: 200, width: 300, height: 300 };
  const fit = (scale: number, roll = 0) => ({
    rotation: rotationOfPose({ yaw: 0, pitch: 0, roll }),
    scale,
    shift: [96, 96, 0] as const,
    error: 0.05,
  });

  it('lies in the picture where the mesh lies in its region, and turns with the head', () => {
    const unit = 300 / 192;
    const found = faceFrameOf(fit(50, 20), region, 192);
    expect(found.sidePx).toBeCloseTo(2.386 * 50 * unit, 4);
    expect(found.angleRad).toBeCloseTo((20 * Math.PI) / 180, 6);
    expect(found.centreX).toBeLessThan(250);
    expect(found.centreY).toBeGreaterThan(350);
  });

  it.each([
    ['tiny', 2],
    ['huge', 400],
    ['not a number', Number.NaN],
  ])('falls back to the detector’s box for a fit that is %s', (_, scale) => {
    expect(faceFrameOf(fit(scale), region, 192)).toEqual({ centreX: 250, centreY: 350, sidePx: 200, angleRad: 0 });
  });
});
