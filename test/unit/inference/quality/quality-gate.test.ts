import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { QualityLimits } from '../../../../src/config/schema.js';
import {
  qualityOf,
  rejectionOf,
  visibleShare,
  type FaceMeasures,
} from '../../../../src/inference/quality/quality-gate.js';
import { laplacianVariance } from '../../../../src/inference/quality/sharpness.js';

const limits: QualityLimits = { minFacePx: 24, minScore: 0.6, minSharpness: 20, maxYawDeg: 60, maxPitchDeg: 45 };
const good: FaceMeasures = {
  sizePx: 120,
  score: 0.95,
  sharpness: 400,
  pose: { yaw: 5, pitch: -3, roll: 2 },
  presence: 0.99,
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

describe('sharpness', () => {
  const picture = (pixel: (x: number, y: number) => number, size = 32): Float32Array =>
    Float32Array.from({ length: size * size }, (_, i) => pixel(i % size, Math.floor(i / size)));

  const flat = picture(() => 77);
  const board = picture((x, y) => ((x + y) % 2 === 0 ? 10 : -10));

  it('is 0 for a flat picture, a gradient and one too small to have an inside', () => {
    expect(laplacianVariance(flat, 32)).toBe(0);
    const gradient = picture((x, y) => 3 * x + 2 * y);
    expect(laplacianVariance(gradient, 32)).toBeCloseTo(0, 6);
    expect(laplacianVariance(Float32Array.of(1, 2, 3, 4), 2)).toBe(0);
  });

  it('of a checkerboard is the square of 8 times its amplitude', () =>
    expect(laplacianVariance(board, 32)).toBeCloseTo(80 ** 2, 3));

  it('does not see what lies in the margin', () => {
    const framed = board.map((value, i) =>
      Math.min(i % 32, 31 - (i % 32), Math.floor(i / 32), 31 - Math.floor(i / 32)) < 6 ? value : 77,
    );
    expect(laplacianVariance(framed, 32)).toBeGreaterThan(1000);
    expect(laplacianVariance(framed, 32, 7)).toBe(0);
  });

  it('falls when the picture is blurred', () => {
    const noise = picture((x, y) => (x * 7919 + y * 104729) % 251);
    const blurred = picture((x, y) => {
      let sum = 0;
      for (let dy = -1; dy <= 1; dy += 1) {
        for (let dx = -1; dx <= 1; dx += 1) {
          sum += noise[Math.min(31, Math.max(0, y + dy)) * 32 + Math.min(31, Math.max(0, x + dx))] ?? 0;
        }
      }
      return sum / 9;
    });
    expect(laplacianVariance(blurred, 32)).toBeLessThan(laplacianVariance(noise, 32) / 4);
  });
});
