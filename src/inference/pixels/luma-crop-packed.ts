import type { SharedPicture } from './picture.js';
import { wordsOf } from './packed-pixels.js';

/*
 * The hot loops of the grey crops: a pixel is read as one word, red and blue are reckoned side by side, positions and shares are
 * whole numbers. Several times faster than byte by byte, and the reason for every `| 0`: without it each sum is checked for overflow.
 * A word reaches one byte beyond a pixel of three, hence only for walks that keep off the picture's edges.
 */

/** Steps between neighbouring samples, pixels of the picture: along the result's rows and down its columns. */
export interface Grid {
  readonly acrossX: number;
  readonly acrossY: number;
  readonly downX: number;
  readonly downY: number;
}

/** The samples of a square of `size`²: the very first is at (startX, startY), `count`² of them make one value. */
export interface Walk extends Grid {
  readonly startX: number;
  readonly startY: number;
  readonly count: number;
  readonly size: number;
}

/** Positions are counted in these parts of a pixel. */
const PARTS = 2 ** 16;
const PART_BITS = 16;

/** Positions and steps as whole numbers. */
const inParts = (pixels: number): number => Math.round(pixels * PARTS);

/** Values between the four pixels around each sample, their shares in 1/256. */
export const interpolateWords = (picture: SharedPicture, walk: Walk, square: Float32Array): void => {
  const { width, channels, data } = picture;
  const { size } = walk;
  const words = wordsOf(data);
  const below = width * channels;
  const acrossX = inParts(walk.acrossX);
  const acrossY = inParts(walk.acrossY);
  for (let row = 0; row < size; row += 1) {
    let x = inParts(walk.startX + row * walk.downX - 0.5);
    let y = inParts(walk.startY + row * walk.downY - 0.5);
    for (let column = 0; column < size; column += 1) {
      const u = (x >> 8) & 255;
      const v = (y >> 8) & 255;
      const d = (u * v) >> 8;
      const c = v - d;
      const b = u - d;
      const a = 256 - u - c;
      const at = (Math.imul(y >> PART_BITS, below) + Math.imul(x >> PART_BITS, channels)) | 0;
      x = (x + acrossX) | 0;
      y = (y + acrossY) | 0;
      const nw = words.getInt32(at, true);
      const ne = words.getInt32((at + channels) | 0, true);
      const sw = words.getInt32((at + below) | 0, true);
      const se = words.getInt32((at + below + channels) | 0, true);
      const above = (Math.imul(nw & 0xff00ff, a) + Math.imul(ne & 0xff00ff, b)) | 0;
      const under = (Math.imul(sw & 0xff00ff, c) + Math.imul(se & 0xff00ff, d)) | 0;
      const redBlue = (above + under) | 0;
      const green =
        (Math.imul((nw >>> 8) & 255, a) +
          Math.imul((ne >>> 8) & 255, b) +
          Math.imul((sw >>> 8) & 255, c) +
          Math.imul((se >>> 8) & 255, d)) |
        0;
      square[row * size + column] = (0.299 * (redBlue & 0xffff) + 0.587 * green + 0.114 * (redBlue >>> 16)) / 256;
    }
  }
};

/** Means of two by two samples. */
export const averageFour = (picture: SharedPicture, walk: Walk, square: Float32Array): void => {
  const { width, channels, data } = picture;
  const { size } = walk;
  const words = wordsOf(data);
  const line = width * channels;
  const acrossX = inParts(walk.acrossX);
  const acrossY = inParts(walk.acrossY);
  const downX = inParts(walk.downX);
  const downY = inParts(walk.downY);
  for (let row = 0; row < size; row += 1) {
    let x = inParts(walk.startX + row * 2 * walk.downX);
    let y = inParts(walk.startY + row * 2 * walk.downY);
    for (let column = 0; column < size; column += 1) {
      const x1 = (x + acrossX) | 0;
      const y1 = (y + acrossY) | 0;
      const x2 = (x + downX) | 0;
      const y2 = (y + downY) | 0;
      const x3 = (x1 + downX) | 0;
      const y3 = (y1 + downY) | 0;
      const nw = words.getInt32((Math.imul(y >> PART_BITS, line) + Math.imul(x >> PART_BITS, channels)) | 0, true);
      const ne = words.getInt32((Math.imul(y1 >> PART_BITS, line) + Math.imul(x1 >> PART_BITS, channels)) | 0, true);
      const sw = words.getInt32((Math.imul(y2 >> PART_BITS, line) + Math.imul(x2 >> PART_BITS, channels)) | 0, true);
      const se = words.getInt32((Math.imul(y3 >> PART_BITS, line) + Math.imul(x3 >> PART_BITS, channels)) | 0, true);
      x = (x1 + acrossX) | 0;
      y = (y1 + acrossY) | 0;
      const redBlue = ((nw & 0xff00ff) + (ne & 0xff00ff) + (sw & 0xff00ff) + (se & 0xff00ff)) | 0;
      const green = (((nw >>> 8) & 255) + ((ne >>> 8) & 255) + ((sw >>> 8) & 255) + ((se >>> 8) & 255)) | 0;
      square[row * size + column] = (0.299 * (redBlue & 0xffff) + 0.587 * green + 0.114 * (redBlue >>> 16)) / 4;
    }
  }
};

/** Means of `count` by `count` samples. */
export const averageWords = (picture: SharedPicture, walk: Walk, square: Float32Array): void => {
  const { width, channels, data } = picture;
  const { count, size } = walk;
  const words = wordsOf(data);
  const line = width * channels;
  const acrossX = inParts(walk.acrossX);
  const acrossY = inParts(walk.acrossY);
  const downX = inParts(walk.downX);
  const downY = inParts(walk.downY);
  // From the last sample of one row of a value's samples to the first of the next.
  const backX = downX - count * acrossX;
  const backY = downY - count * acrossY;
  const share = 1 / (count * count);
  for (let row = 0; row < size; row += 1) {
    const startX = inParts(walk.startX + row * count * walk.downX);
    const startY = inParts(walk.startY + row * count * walk.downY);
    for (let column = 0; column < size; column += 1) {
      let x = startX + column * count * acrossX;
      let y = startY + column * count * acrossY;
      let redBlue = 0;
      let green = 0;
      for (let j = 0; j < count; j += 1) {
        let i = count;
        do {
          const word = words.getInt32(
            (Math.imul(y >> PART_BITS, line) + Math.imul(x >> PART_BITS, channels)) | 0,
            true,
          );
          redBlue = (redBlue + (word & 0xff00ff)) | 0;
          green = (green + ((word >>> 8) & 255)) | 0;
          x = (x + acrossX) | 0;
          y = (y + acrossY) | 0;
          i -= 1;
        } while (i > 0);
        x = (x + backX) | 0;
        y = (y + backY) | 0;
      }
      square[row * size + column] = (0.299 * (redBlue & 0xffff) + 0.587 * green + 0.114 * (redBlue >>> 16)) * share;
    }
  }
};
