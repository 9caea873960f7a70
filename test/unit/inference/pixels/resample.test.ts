import { describe, expect, test } from 'vitest';
import { squareAround } from '../../../../src/inference/pixels/picture.js';
import { resample } from '../../../../src/inference/pixels/resample.js';
import { ZERO_TO_ONE } from '../../../../src/inference/pixels/normalisation.js';

describe('resample', () => {
  const gradient = (width: number, height: number, channels: 1 | 3 | 4) => ({
    width,
    height,
    channels,
    data: Uint8Array.from({ length: width * height * channels }, (_, i) =>
      i % channels === 3 ? 255 : Math.floor(i / channels) % width,
    ),
  });
  const sample = (picture: ReturnType<typeof gradient>, region: Parameters<typeof resample>[1], size: number) => {
    const data = new Float32Array(3 * size * size);
    resample(picture, region, { data, offset: 0, size }, ZERO_TO_ONE);
    return data.map((value) => Math.round(value * 255 * 100) / 100);
  };

  test.each([1, 3, 4] as const)('same size gives the pixels, plane by plane, from %i channels', (channels) => {
    const data = sample(gradient(4, 4, channels), { x: 0, y: 0, width: 4, height: 4 }, 4);
    expect([...data.subarray(0, 8)]).toEqual([0, 1, 2, 3, 0, 1, 2, 3]);
    expect([...data.subarray(32, 36)]).toEqual([0, 1, 2, 3]);
  });

  test.each([3, 4] as const)(
    'shrinking takes the mean of four samples a pixel, to the last pixel, of %i channels',
    (channels) => {
      const [width, height, size] = [40, 24, 8];
      const noise = Uint8Array.from({ length: width * height * channels }, (_, i) => (i * 7919 + (i >> 3) * 31) % 256);
      const seen = sample({ width, height, channels, data: noise }, { x: 0, y: -8, width: 40, height: 40 }, size);
      const at = (x: number, y: number, channel: number): number =>
        y < 0 || y >= height ? 0 : (noise[(y * width + x) * channels + channel] ?? 0);
      for (let channel = 0; channel < 3; channel += 1)
        for (let y = 0; y < size; y += 1)
          for (let x = 0; x < size; x += 1) {
            const [left, right] = [Math.floor(5 * x + 1.25), Math.floor(5 * x + 3.75)];
            const rows = [Math.floor(5 * y - 6.75), Math.floor(5 * y - 4.25)].filter((row) => row >= 0 && row < height);
            const sum = rows.reduce((total, row) => total + at(left, row, channel) + at(right, row, channel), 0);
            const mean = rows.length === 0 ? 0 : sum / (2 * rows.length);
            expect(seen[channel * size * size + y * size + x]).toBeCloseTo(mean, 1);
          }
    },
  );

  test('enlarging interpolates, shrinking averages, outside is black', () => {
    const picture = gradient(8, 8, 3);
    expect([...sample(picture, { x: 2, y: 2, width: 2, height: 2 }, 4).subarray(0, 4)]).toEqual([
      1.75, 2.25, 2.75, 3.25,
    ]);
    expect([...sample(picture, { x: 0, y: 0, width: 8, height: 8 }, 4).subarray(0, 4)]).toEqual([0.5, 2.5, 4.5, 6.5]);
    expect([...sample(picture, { x: -8, y: 0, width: 8, height: 8 }, 4)].every((value) => value === 0)).toBe(true);
  });

  test.each([
    [8, 8],
    [4, 16],
    [2, 3],
  ])('a region from its right edge comes out mirrored: %i pixels wide to %i', (width, size) => {
    const picture = gradient(8, 8, 3);
    const plain = sample(picture, { x: 1, y: 0, width, height: 8 }, size);
    const turned = sample(picture, { x: 1 + width, y: 0, width: -width, height: 8 }, size);
    for (let row = 0; row < 3 * size; row += 1) {
      const line = (data: Float32Array) => [...data.subarray(row * size, (row + 1) * size)];
      expect(line(turned)).toEqual(line(plain).reverse());
    }
  });

  test('squareAround keeps the centre', () => {
    expect(squareAround({ x: 0, y: 10, width: 10, height: 20 }, 1.5)).toEqual({ x: -10, y: 5, width: 30, height: 30 });
  });
});
