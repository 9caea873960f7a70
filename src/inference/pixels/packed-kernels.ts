import type { Normalisation } from './normalisation.js';
import type { SharedPicture } from './picture.js';
import type { Axis, OutputRow, Planes } from './resample-axis.js';
import type { SampleGrid } from './sample-grid.js';

/*
 * The hot loops, on whole pixels (SIMD within a register): a pixel is read as one 32-bit word, little endian, of three channels
 * with the first byte of the next; red and blue are reckoned side by side in its two 16-bit lanes, green by itself. Several
 * times faster than byte by byte; scalar-kernels.ts has the same, as it is meant, and the tests compare. Positions are Q16.16
 * pixels. Shares are Q0.8 (256 is one), so a byte times a share is Q8.8 and fits its lane: 255 × 256 = 65280. Every `| 0`
 * tells the compiler that a sum is 32 bits wide; without it each is checked for overflow. All kernels stand in this file, and
 * the numbers in them are written out, because V8 reads what another module exports anew at every pixel (10 to 20 % slower).
 */

/** Pixels to be read four bytes at a time. */
export const packedPixels = ({ buffer, byteOffset, byteLength }: Uint8Array): DataView =>
  new DataView(buffer, byteOffset, byteLength);

const FRACTION_BITS = 16;

/** Pixels as Q16.16. */
const fixed = (pixels: number): number => Math.round(pixels * 2 ** FRACTION_BITS);

/** Where the pixel at (x, y), Q16.16, begins in rows of `line` bytes. */
const offset = (x: number, y: number, line: number, channels: number): number =>
  (Math.imul(y >> FRACTION_BITS, line) + Math.imul(x >> FRACTION_BITS, channels)) | 0;

/** Red (low 16 bits) and blue (high 16 bits), each Q8.8, between four pixels; `u`, `v` as in `bilinear`, Q0.8. */
const blendRedBlue = (nw: number, ne: number, sw: number, se: number, u: number, v: number): number => {
  const d = (u * v) >> 8;
  const c = v - d;
  const b = u - d;
  const a = 256 - u - c;
  const above = (Math.imul(nw & 0xff00ff, a) + Math.imul(ne & 0xff00ff, b)) | 0;
  const below = (Math.imul(sw & 0xff00ff, c) + Math.imul(se & 0xff00ff, d)) | 0;
  return (above + below) | 0;
};

/** Green, Q8.8, between four pixels; `u`, `v` as in `bilinear`, Q0.8. */
const blendGreen = (nw: number, ne: number, sw: number, se: number, u: number, v: number): number => {
  const d = (u * v) >> 8;
  const c = v - d;
  const b = u - d;
  const a = 256 - u - c;
  const above = (Math.imul((nw >>> 8) & 255, a) + Math.imul((ne >>> 8) & 255, b)) | 0;
  const below = (Math.imul((sw >>> 8) & 255, c) + Math.imul((se >>> 8) & 255, d)) | 0;
  return (above + below) | 0;
};

/** Sums of red (low 16 bits) and of blue (high 16 bits) over four pixels. */
const sumRedBlue = (nw: number, ne: number, sw: number, se: number): number =>
  ((nw & 0xff00ff) + (ne & 0xff00ff) + (sw & 0xff00ff) + (se & 0xff00ff)) | 0;

/** Sum of green over four pixels. */
const sumGreen = (nw: number, ne: number, sw: number, se: number): number =>
  (((nw >>> 8) & 255) + ((ne >>> 8) & 255) + ((sw >>> 8) & 255) + ((se >>> 8) & 255)) | 0;

/** Luma of what the functions above give, in the unit of its lanes. */
const lumaOfLanes = (redBlue: number, green: number): number =>
  0.299 * (redBlue & 0xffff) + 0.587 * green + 0.114 * (redBlue >>> 16);

/** Luma between the four pixels around each sample: `interpolateSamples`, for grids that keep off the picture's edges. */
export const interpolatePacked = (picture: SharedPicture, grid: SampleGrid, square: Float32Array): void => {
  const { width, channels, data } = picture;
  const { size } = grid;
  const pixels = packedPixels(data);
  const line = width * channels;
  const acrossX = fixed(grid.acrossX);
  const acrossY = fixed(grid.acrossY);
  for (let row = 0; row < size; row += 1) {
    let x = fixed(grid.startX + row * grid.downX - 0.5);
    let y = fixed(grid.startY + row * grid.downY - 0.5);
    for (let column = 0; column < size; column += 1) {
      const u = (x >> 8) & 255;
      const v = (y >> 8) & 255;
      const at = (Math.imul(y >> FRACTION_BITS, line) + Math.imul(x >> FRACTION_BITS, channels)) | 0;
      x = (x + acrossX) | 0;
      y = (y + acrossY) | 0;
      const nw = pixels.getInt32(at, true);
      const ne = pixels.getInt32((at + channels) | 0, true);
      const sw = pixels.getInt32((at + line) | 0, true);
      const se = pixels.getInt32((at + line + channels) | 0, true);
      const redBlue = blendRedBlue(nw, ne, sw, se, u, v);
      square[row * size + column] = lumaOfLanes(redBlue, blendGreen(nw, ne, sw, se, u, v)) / 256;
    }
  }
};

/** Mean luma of two by two samples: `averageSamples`, for grids that keep off the edges. */
export const averageFourPacked = (picture: SharedPicture, grid: SampleGrid, square: Float32Array): void => {
  const { width, channels, data } = picture;
  const { size } = grid;
  const pixels = packedPixels(data);
  const line = width * channels;
  const acrossX = fixed(grid.acrossX);
  const acrossY = fixed(grid.acrossY);
  const downX = fixed(grid.downX);
  const downY = fixed(grid.downY);
  for (let row = 0; row < size; row += 1) {
    let x = fixed(grid.startX + row * 2 * grid.downX);
    let y = fixed(grid.startY + row * 2 * grid.downY);
    for (let column = 0; column < size; column += 1) {
      const x1 = (x + acrossX) | 0;
      const y1 = (y + acrossY) | 0;
      const x2 = (x + downX) | 0;
      const y2 = (y + downY) | 0;
      const x3 = (x1 + downX) | 0;
      const y3 = (y1 + downY) | 0;
      const nw = pixels.getInt32(offset(x, y, line, channels), true);
      const ne = pixels.getInt32(offset(x1, y1, line, channels), true);
      const sw = pixels.getInt32(offset(x2, y2, line, channels), true);
      const se = pixels.getInt32(offset(x3, y3, line, channels), true);
      x = (x1 + acrossX) | 0;
      y = (y1 + acrossY) | 0;
      square[row * size + column] = lumaOfLanes(sumRedBlue(nw, ne, sw, se), sumGreen(nw, ne, sw, se)) / 4;
    }
  }
};

/** Mean luma of `count` by `count` samples: `averageSamples`, for grids that keep off the edges. */
export const averagePacked = (picture: SharedPicture, grid: SampleGrid, square: Float32Array): void => {
  const { width, channels, data } = picture;
  const { count, size } = grid;
  const pixels = packedPixels(data);
  const line = width * channels;
  const acrossX = fixed(grid.acrossX);
  const acrossY = fixed(grid.acrossY);
  const downX = fixed(grid.downX);
  const downY = fixed(grid.downY);
  // From the last sample of one row of a value's samples to the first of the next.
  const backX = downX - count * acrossX;
  const backY = downY - count * acrossY;
  const share = 1 / (count * count);
  for (let row = 0; row < size; row += 1) {
    const startX = fixed(grid.startX + row * count * grid.downX);
    const startY = fixed(grid.startY + row * count * grid.downY);
    for (let column = 0; column < size; column += 1) {
      let x = startX + column * count * acrossX;
      let y = startY + column * count * acrossY;
      let redBlue = 0;
      let green = 0;
      for (let j = 0; j < count; j += 1) {
        let i = count;
        do {
          const pixel = pixels.getInt32(offset(x, y, line, channels), true);
          redBlue = (redBlue + (pixel & 0xff00ff)) | 0;
          green = (green + ((pixel >>> 8) & 255)) | 0;
          x = (x + acrossX) | 0;
          y = (y + acrossY) | 0;
          i -= 1;
        } while (i > 0);
        x = (x + backX) | 0;
        y = (y + backY) | 0;
      }
      square[row * size + column] = lumaOfLanes(redBlue, green) * share;
    }
  }
};

/** One row of output from two rows of the picture: `blendRow`, in a third of the time. Not for the picture's last row, whose last word reaches beyond it. */
export const blendRowPacked = (
  pixels: DataView,
  columns: Axis,
  target: Planes,
  how: Normalisation,
  row: OutputRow,
): void => {
  const { data, size } = target;
  const { first, second, weight, to } = columns;
  const { at, top, bottom, share } = row;
  const plane = size * size;
  const scaleR = how.scale[0] / 256;
  const scaleG = how.scale[1] / 256;
  const scaleB = how.scale[2] / 256;
  const [offsetR, offsetG, offsetB] = how.offset;
  for (let x = columns.from; x < to; x += 1) {
    const left = first[x] as number;
    const right = second[x] as number;
    const u = weight[x] as number;
    const nw = pixels.getInt32((top + left) | 0, true);
    const ne = pixels.getInt32((top + right) | 0, true);
    const sw = pixels.getInt32((bottom + left) | 0, true);
    const se = pixels.getInt32((bottom + right) | 0, true);
    const redBlue = blendRedBlue(nw, ne, sw, se, u, share);
    data[at + x] = (redBlue & 0xffff) * scaleR + offsetR;
    data[at + x + plane] = blendGreen(nw, ne, sw, se, u, share) * scaleG + offsetG;
    data[at + x + 2 * plane] = (redBlue >>> 16) * scaleB + offsetB;
  }
};

/** The same where all shares are a half: the plain mean of four packed pixels, in less than half the time. Not for the last row either. */
export const averageRowPacked = (
  pixels: DataView,
  columns: Axis,
  target: Planes,
  how: Normalisation,
  row: OutputRow,
): void => {
  const { data, size } = target;
  const { first, second, to } = columns;
  const { at, top, bottom } = row;
  const plane = size * size;
  const scaleR = how.scale[0] / 4;
  const scaleG = how.scale[1] / 4;
  const scaleB = how.scale[2] / 4;
  const [offsetR, offsetG, offsetB] = how.offset;
  for (let x = columns.from; x < to; x += 1) {
    const left = first[x] as number;
    const right = second[x] as number;
    const nw = pixels.getInt32((top + left) | 0, true);
    const ne = pixels.getInt32((top + right) | 0, true);
    const sw = pixels.getInt32((bottom + left) | 0, true);
    const se = pixels.getInt32((bottom + right) | 0, true);
    const redBlue = sumRedBlue(nw, ne, sw, se);
    data[at + x] = (redBlue & 0xffff) * scaleR + offsetR;
    data[at + x + plane] = sumGreen(nw, ne, sw, se) * scaleG + offsetG;
    data[at + x + 2 * plane] = (redBlue >>> 16) * scaleB + offsetB;
  }
};
