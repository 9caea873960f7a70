import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TurnedSquare } from '../../../../src/inference/pixels/picture.js';
import type { SharedPicture } from '../../../../src/inference/pixels/picture.js';
import { type CropView, cropLuma } from '../../../../src/inference/pixels/luma-crop.js';

const picture = (size: number, grey: (x: number, y: number) => number, channels: 1 | 3 | 4 = 3): SharedPicture => {
  const data = new Uint8Array(size * size * channels).fill(255);
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      for (let c = 0; c < Math.min(3, channels); c += 1) data[(y * size + x) * channels + c] = grey(x, y);
    }
  }
  return { width: size, height: size, channels, data };
};
const frame = (sidePx: number, angleDeg = 0, at = 50) => ({
  centreX: at,
  centreY: at,
  sidePx,
  angleRad: (angleDeg * Math.PI) / 180,
});
const cut = (from: SharedPicture, face: TurnedSquare, view: CropView, size: number): Float32Array => {
  const square = new Float32Array(size * size).fill(Number.NaN);
  cropLuma(from, face, view, size, square);
  return square;
};
const ramp = (x: number): number => 2 * x;

describe('grey crops', () => {
  it.each([1, 3, 4] as const)('take the square around the centre (%i channels)', (channels) => {
    const crop = cut(picture(100, ramp, channels), frame(40), { factor: 1, mirrored: false }, 40);
    // Pixel (0, 0) of the crop is pixel (30, 30) of the picture.
    expect(crop[0]).toBeCloseTo(60, 4);
    expect(crop[39]).toBeCloseTo(138, 4);
  });

  it('turn with the head: a quarter turn clockwise makes the picture’s columns rows', () => {
    const crop = cut(picture(100, ramp), frame(40, 90), { factor: 1, mirrored: false }, 40);
    expect(crop[0]).toBeCloseTo(138, 3);
    expect(crop[39]).toBeCloseTo(138, 3);
    expect(crop[39 * 40]).toBeCloseTo(60, 3);
  });

  it('mirrored, left and right change places', () => {
    const straight = cut(picture(100, ramp), frame(40), { factor: 1, mirrored: false }, 20);
    const mirrored = cut(picture(100, ramp), frame(40), { factor: 1, mirrored: true }, 20);
    expect(mirrored[0]).toBeCloseTo(straight[19] ?? 0, 4);
  });

  it('average where the picture is finer, so that a fine pattern becomes grey and not noise', () => {
    const board = picture(100, (x, y) => ((x + y) % 2 === 0 ? 200 : 0));
    const crop = cut(board, frame(80), { factor: 1, mirrored: false }, 20);
    expect(Math.max(...crop)).toBeLessThan(125);
    expect(Math.min(...crop)).toBeGreaterThan(75);
  });

  it.each([3, 4] as const)('average the same pixels in the middle as at the edge, from %i channels', (channels) => {
    fc.assert(
      fc.property(
        fc.integer({ min: 30, max: 60 }),
        fc.integer({ min: -180, max: 180 }),
        fc.integer({ min: 20, max: 80 }),
        (side, angle, at) => {
          const soft = picture(100, (x) => 2 * x, channels);
          // Three colours that differ, so that none can stand for another.
          for (let i = 1; i < soft.data.length; i += channels) soft.data[i] = Math.floor(i / channels / 100);
          for (let i = 2; i < soft.data.length; i += channels) soft.data[i] = 255 - (soft.data[i] ?? 0);
          const grey = cut(soft, frame(side, angle, at), { factor: 1, mirrored: false }, 8);
          // The same picture with a wide margin, in which the square lies far from every edge.
          const wide = picture(300, () => 0, channels);
          for (let row = 0; row < 100; row += 1)
            wide.data.set(
              soft.data.subarray(row * 100 * channels, (row + 1) * 100 * channels),
              ((row + 100) * 300 + 100) * channels,
            );
          const inner = cut(wide, frame(side, angle, at + 100), { factor: 1, mirrored: false }, 8);
          const apart = grey.reduce((sum, value, i) => sum + Math.abs(value - (inner[i] ?? 0)), 0) / grey.length;
          expect(apart).toBeLessThan(0.5);
        },
      ),
    );
  });

  it('are black outside the picture', () => {
    const crop = cut(
      picture(100, () => 200),
      frame(40, 0, 0),
      { factor: 1, mirrored: false },
      10,
    );
    expect(crop[0]).toBe(0);
    expect(crop[99]).toBeCloseTo(200, 4);
  });
});
