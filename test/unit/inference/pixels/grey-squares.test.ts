import { describe, expect, it } from 'vitest';
import { evenExposure } from '../../../../src/inference/pixels/grey-squares.js';

describe('evenExposure', () => {
  const size = 16;
  const shaded = (gain: number): Float32Array =>
    Float32Array.from({ length: size * size }, (_, i) => gain * (60 + (i % 90)));
  const mean = (square: Float32Array): number => square.reduce((sum, value) => sum + value, 0) / square.length;

  it('leaves a well lit square as it is', () => {
    const square = shaded(1);
    evenExposure(square, size, 2);
    expect(square).toEqual(shaded(1));
  });

  it('gives a dark one the light of others, whatever is around its middle, and never more than white', () => {
    const square = shaded(0.15).map((value, i) => (i < size ? 250 : value));
    evenExposure(square, size, 2);
    expect(mean(square.subarray(size))).toBeGreaterThan(100);
    expect(mean(square.subarray(size))).toBeLessThan(120);
    expect(Math.max(...square)).toBe(255);
  });

  it('does not make noise of a black one into a face', () => {
    const square = new Float32Array(size * size).fill(2);
    evenExposure(square, size, 2);
    expect(Math.max(...square)).toBe(16);
    const black = new Float32Array(size * size);
    evenExposure(black, size, 2);
    expect(Math.max(...black)).toBe(0);
  });
});
