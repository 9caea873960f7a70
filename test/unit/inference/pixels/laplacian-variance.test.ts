import { describe, expect, it } from 'vitest';
import { laplacianVariance } from '../../../../src/inference/pixels/laplacian-variance.js';

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
