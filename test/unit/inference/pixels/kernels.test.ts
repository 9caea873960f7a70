import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ZERO_TO_ONE } from '../../../../src/inference/pixels/normalisation.js';
import {
  averageFourPacked,
  averagePacked,
  averageRowPacked,
  blendRowPacked,
  interpolatePacked,
  packedPixels,
} from '../../../../src/inference/pixels/packed-kernels.js';
import type { SharedPicture } from '../../../../src/inference/pixels/picture.js';
import { neighbours, pairs, type Axis } from '../../../../src/inference/pixels/resample-axis.js';
import type { SampleGrid } from '../../../../src/inference/pixels/sample-grid.js';
import { averageSamples, blendRow, interpolateSamples } from '../../../../src/inference/pixels/scalar-kernels.js';
import { seeded as printed } from '../../../fixtures/seeded.js';

/** To look for a smaller picture of noise takes minutes and would tell no more. */
const seeded = (name: string, runs: number) => ({ ...printed(name, runs), endOnFailure: true });

const [WIDTH, HEIGHT, SIZE] = [96, 80, 8];
/** Shares are truncated to 1/256 once: a weight is off by less than that, and two differences of 255 hang on it. */
const SHARE_ERROR = 2;

const noise = fc.record({
  channels: fc.constantFrom(3 as const, 4 as const),
  data: fc.uint8Array({ minLength: WIDTH * HEIGHT * 4, maxLength: WIDTH * HEIGHT * 4 }),
});
const pictureOf = ({ channels, data }: { channels: 3 | 4; data: Uint8Array }): SharedPicture => ({
  width: WIDTH,
  height: HEIGHT,
  channels,
  data: data.slice(0, WIDTH * HEIGHT * channels),
});

/** A grid in the middle of the picture whose places are whole parts of a pixel, so that both forms sample the same places. */
const gridOf = (count: number, parts: number) =>
  fc
    .tuple(...Array.from({ length: 6 }, () => fc.integer({ min: -parts, max: parts })))
    .map(([x = 0, y = 0, acrossX = 0, acrossY = 0, downX = 0, downY = 0]): SampleGrid => {
      const step = 30 / (SIZE * count);
      const of = (value: number, scale: number): number => Math.round((value / parts) * scale * parts) / parts;
      const grid = {
        acrossX: of(acrossX, step / 2),
        acrossY: of(acrossY, step / 2),
        downX: of(downX, step / 2),
        downY: of(downY, step / 2),
      };
      return { startX: 48 + of(x, 4), startY: 40 + of(y, 4), ...grid, count, size: SIZE };
    });

type Kernel = (picture: SharedPicture, grid: SampleGrid, square: Float32Array) => void;
const squareOf = (kernel: Kernel, picture: SharedPicture, grid: SampleGrid): Float32Array => {
  const square = new Float32Array(SIZE * SIZE).fill(Number.NaN);
  kernel(picture, grid, square);
  return square;
};
const farthest = (a: Float32Array, b: Float32Array): number =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] ?? Number.NaN))), 0);

describe('packed kernels give what the scalar ones give, of random pictures', () => {
  it('luma between four pixels', () => {
    fc.assert(
      fc.property(noise, gridOf(1, 256), (seen, grid) => {
        const picture = pictureOf(seen);
        const packed = squareOf(interpolatePacked, picture, grid);
        expect(farthest(packed, squareOf(interpolateSamples, picture, grid))).toBeLessThan(SHARE_ERROR);
      }),
      seeded('luma between four pixels', 200),
    );
  });

  it.each([
    ['two by two', 2, averageFourPacked],
    ['two by two, the loop', 2, averagePacked],
    ['three by three', 3, averagePacked],
  ] as const)('luma, the mean of %s samples', (name, count, kernel) => {
    fc.assert(
      fc.property(noise, gridOf(count, 65536), (seen, grid) => {
        const picture = pictureOf(seen);
        const packed = squareOf(kernel, picture, grid);
        expect(farthest(packed, squareOf(averageSamples, picture, grid))).toBeLessThan(1e-3);
      }),
      seeded(name, 200),
    );
  });

  const places = fc.tuple(
    fc.double({ min: -20, max: 60, noNaN: true }),
    fc.double({ min: 8, max: 70, noNaN: true }),
    fc.boolean(),
  );
  const axisOf = (kind: typeof pairs, [start, length, mirrored]: [number, number, boolean], channels: number): Axis => {
    const walk = { count: SIZE, limit: WIDTH, stride: channels };
    return kind(mirrored ? { ...walk, start: start + length, length: -length } : { ...walk, start, length });
  };
  const rows = fc.record({ top: fc.nat(HEIGHT - 2), bottom: fc.nat(HEIGHT - 2), share: fc.nat(256) });

  it('a row between two rows of the picture', () => {
    fc.assert(
      fc.property(noise, places, rows, (seen, place, { top, bottom, share }) => {
        const picture = pictureOf(seen);
        const columns = axisOf(neighbours, place, picture.channels);
        const line = WIDTH * picture.channels;
        const row = { at: 0, top: top * line, bottom: bottom * line, share };
        const [packed, scalar] = [new Float32Array(3 * SIZE * SIZE), new Float32Array(3 * SIZE * SIZE)];
        blendRowPacked(packedPixels(picture.data), columns, { data: packed, offset: 0, size: SIZE }, ZERO_TO_ONE, row);
        blendRow(picture, columns, { data: scalar, offset: 0, size: SIZE }, ZERO_TO_ONE, row);
        expect(255 * farthest(packed, scalar)).toBeLessThan(SHARE_ERROR);
      }),
      seeded('a row between two rows', 300),
    );
  });

  it('a row of means', () => {
    fc.assert(
      fc.property(noise, places, rows, (seen, place, { top, bottom }) => {
        const picture = pictureOf(seen);
        const columns = axisOf(pairs, place, picture.channels);
        const line = WIDTH * picture.channels;
        const row = { at: 0, top: top * line, bottom: bottom * line, share: 128 };
        const [packed, scalar] = [new Float32Array(3 * SIZE * SIZE), new Float32Array(3 * SIZE * SIZE)];
        const target = { offset: 0, size: SIZE };
        averageRowPacked(packedPixels(picture.data), columns, { data: packed, ...target }, ZERO_TO_ONE, row);
        blendRow(picture, columns, { data: scalar, ...target }, ZERO_TO_ONE, row);
        expect(255 * farthest(packed, scalar)).toBeLessThan(1e-3);
      }),
      seeded('a row of means', 300),
    );
  });
});
