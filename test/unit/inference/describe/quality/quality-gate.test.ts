import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { QualityLimits } from '../../../../../src/config/schema.js';
import {
  qualityOf,
  rejectionOf,
  visibleShare,
  type FaceMeasures,
} from '../../../../../src/inference/describe/quality/quality-gate.js';

const limits: QualityLimits = { minFacePx: 24, minScore: 0.6, minSharpness: 20, maxYawDeg: 60, maxPitchDeg: 45 };
const good: FaceMeasures = {
  sizePx: 120,
  score: 0.95,
  sharpness: 400,
  pose: { yaw: 5, pitch: -3, roll: 2 },
  presence: 0.99,
  covered: -1,
  box: { x: 0.4, y: 0.4, width: 0.1, height: 0.15 },
};

describe('quality gate', () => {
  it.each([
    ['a good face', {}, null],
    ['at the limits', { sizePx: 24, score: 0.6, sharpness: 20, pose: { yaw: -60, pitch: 45, roll: 90 } }, null],
    ['too small', { sizePx: 23.9 }, 'size'],
    ['unsure', { score: 0.59 }, 'score'],
    ['blurred', { sharpness: 19 }, 'sharpness'],
    ['blur not measured', { sharpness: null }, null],
    ['a mouth behind a mask', { covered: 0.9 }, 'covered'],
    ['a bare mouth of a turned face that looks like one', { covered: 0.3, pose: { yaw: 28, pitch: 0, roll: 0 } }, null],
    ['a mouth not looked at', { covered: null }, null],
    ['turned away', { pose: { yaw: 61, pitch: 0, roll: 0 } }, 'yaw'],
    ['looking down', { pose: { yaw: 0, pitch: -46, roll: 0 } }, 'pitch'],
    ['covered', { presence: 0.1 }, 'occlusion'],
    ['no mesh', { presence: null }, null],
    ['half outside the picture', { box: { x: -0.05, y: 0.4, width: 0.1, height: 0.15 } }, 'occlusion'],
    ['several at once: the first limit counts', { sizePx: 3, score: 0, sharpness: 0 }, 'size'],
    ['a pose that is not a number', { pose: { yaw: Number.NaN, pitch: 0, roll: 0 } }, 'yaw'],
  ] as const)('%s', (_, change, expected) => {
    expect(rejectionOf({ ...good, ...change }, limits)).toBe(expected);
  });

  it('a sharpness limit of 0 is switched off', () => {
    expect(rejectionOf({ ...good, sharpness: 0 }, { ...limits, minSharpness: 0 })).toBeNull();
  });

  it('quality is 0–1 and falls when any property gets worse', () => {
    const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });
    fc.assert(
      fc.property(
        between(8, 400),
        between(0, 1),
        between(0, 2000),
        between(-90, 90),
        between(0, 1),
        between(0, 1),
        (sizePx, score, sharpness, yaw, presence, worse) => {
          const face = { ...good, sizePx, score, sharpness, presence, pose: { yaw, pitch: 0, roll: 0 } };
          const quality = qualityOf(face);
          expect(quality).toBeGreaterThanOrEqual(0);
          expect(quality).toBeLessThanOrEqual(1);
          expect(qualityOf({ ...face, sizePx: sizePx * worse })).toBeLessThanOrEqual(quality + 1e-12);
          expect(qualityOf({ ...face, score: score * worse })).toBeLessThanOrEqual(quality + 1e-12);
          expect(qualityOf({ ...face, sharpness: sharpness * worse })).toBeLessThanOrEqual(quality + 1e-12);
          expect(qualityOf({ ...face, pose: { ...face.pose, pitch: 60 * worse } })).toBeLessThanOrEqual(
            quality + 1e-12,
          );
        },
      ),
    );
    expect(qualityOf(good)).toBeGreaterThan(0.8);
    expect(qualityOf({ ...good, score: Number.NaN })).toBe(0);
  });

  it.each([
    [{ x: 0, y: 0, width: 1, height: 1 }, 1],
    [{ x: -0.5, y: 0, width: 1, height: 1 }, 0.5],
    [{ x: 2, y: 0, width: 1, height: 1 }, 0],
    [{ x: 0, y: 0, width: 0, height: 1 }, 0],
  ])('visible share of %j is %d', (box, expected) => {
    expect(visibleShare(box)).toBeCloseTo(expected, 12);
  });
});
