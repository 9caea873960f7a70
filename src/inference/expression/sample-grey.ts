import type { FaceFrame, SharedPicture } from '../engine-port.js';

/** How a face is cut out: how much wider than its frame, and whether left and right change places. */
export interface GreyView {
  readonly factor: number;
  readonly mirrored: boolean;
}

const MAX_SUBSAMPLES = 5;

/**
 * Cuts a face out upright (turned with the head) as luma values 0–255 into a square of `size`²; 0 outside the picture.
 * Where the picture is finer than the result it is averaged, else interpolated, so that a face gives the same values near
 * and far.
 */
export const sampleGrey = (
  picture: SharedPicture,
  frame: FaceFrame,
  view: GreyView,
  size: number,
  square: Float32Array,
): void => {
  const step = (frame.sidePx * view.factor) / size;
  const count = Math.max(1, Math.min(MAX_SUBSAMPLES, Math.round(step)));
  const flip = view.mirrored ? -1 : 1;
  const grid: Grid = {
    acrossX: (flip * Math.cos(frame.angleRad) * step) / count,
    acrossY: (flip * Math.sin(frame.angleRad) * step) / count,
    downX: (-Math.sin(frame.angleRad) * step) / count,
    downY: (Math.cos(frame.angleRad) * step) / count,
  };
  const first = (1 - size * count) / 2;
  const startX = frame.centreX + first * (grid.acrossX + grid.downX);
  const startY = frame.centreY + first * (grid.acrossY + grid.downY);
  const walk = { ...grid, startX, startY, count, size };
  if (count === 1) interpolate(picture, walk, square);
  else if (picture.channels !== 1 && liesInside(walk, picture)) averageWords(picture, walk, square);
  else averageBytes(picture, walk, square);
};

/** Steps between neighbouring samples, pixels of the picture: along the result's rows and down its columns. */
interface Grid {
  readonly acrossX: number;
  readonly acrossY: number;
  readonly downX: number;
  readonly downY: number;
}

/** The samples of a square of `size`²: the very first is at (startX, startY), `count`² of them make one value. */
interface Walk extends Grid {
  readonly startX: number;
  readonly startY: number;
  readonly count: number;
  readonly size: number;
}

/** Positions are counted in these parts of a pixel: whole numbers are walked several times faster. */
const PARTS = 2 ** 16;
const PART_BITS = 16;

/**
 * Means over the pixels that the samples fall on, a pixel read as one word, red and blue added side by side: nearly half the
 * time. A word reaches one byte beyond a pixel of three, hence only for walks that keep off the picture's edges.
 */
const averageWords = (picture: SharedPicture, walk: Walk, square: Float32Array): void => {
  const { width, channels, data } = picture;
  const { count, size } = walk;
  const words = new DataView(data.buffer, data.byteOffset, data.byteLength);
  square.fill(0);
  const acrossX = Math.round(walk.acrossX * PARTS);
  const acrossY = Math.round(walk.acrossY * PARTS);
  const share = 1 / (count * count);
  for (let down = 0; down < size * count; down += 1) {
    let x = Math.round((walk.startX + down * walk.downX) * PARTS);
    let y = Math.round((walk.startY + down * walk.downY) * PARTS);
    const row = Math.floor(down / count) * size;
    for (let column = 0; column < size; column += 1) {
      let redBlue = 0;
      let green = 0;
      for (let i = 0; i < count; i += 1) {
        const word = words.getUint32(((y >> PART_BITS) * width + (x >> PART_BITS)) * channels, true);
        x += acrossX;
        y += acrossY;
        redBlue += word & 0xff00ff;
        green += (word >>> 8) & 255;
      }
      const value = (0.299 * (redBlue & 0xffff) + 0.587 * green + 0.114 * (redBlue >>> 16)) * share;
      square[row + column] = (square[row + column] as number) + value;
    }
  }
};

/** The same byte by byte, black outside the picture. */
const averageBytes = (picture: SharedPicture, walk: Walk, square: Float32Array): void => {
  const { width, height, channels } = picture;
  const { count, size } = walk;
  square.fill(0);
  const share = 1 / (count * count);
  for (let down = 0; down < size * count; down += 1) {
    const row = Math.floor(down / count) * size;
    for (let across = 0; across < size * count; across += 1) {
      const px = Math.floor(walk.startX + across * walk.acrossX + down * walk.downX);
      const py = Math.floor(walk.startY + across * walk.acrossY + down * walk.downY);
      if (px < 0 || py < 0 || px >= width || py >= height) continue;
      const at = row + Math.floor(across / count);
      square[at] = (square[at] as number) + lumaAt(picture, (py * width + px) * channels) * share;
    }
  }
};

/** Whether every sample of a walk keeps off the picture's edges, with a pixel to spare for rounding: its corners do. */
const liesInside = (walk: Walk, { width, height }: SharedPicture): boolean => {
  const steps = walk.size * walk.count;
  return [0, steps].every((right) =>
    [0, steps].every((down) => {
      const x = walk.startX + right * walk.acrossX + down * walk.downX;
      const y = walk.startY + right * walk.acrossY + down * walk.downY;
      return x >= 1 && y >= 1 && x < width - 1 && y < height - 1;
    }),
  );
};

/** Values between the four pixels around each sample. */
const interpolate = (picture: SharedPicture, walk: Walk, square: Float32Array): void => {
  const { size, startX, startY, acrossX, acrossY, downX, downY } = walk;
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const x = startX + column * acrossX + row * downX;
      const y = startY + column * acrossY + row * downY;
      square[row * size + column] = betweenLuma(picture, x, y);
    }
  }
};

/** Interpolated between the four pixels around (x, y). */
const betweenLuma = (picture: SharedPicture, x: number, y: number): number => {
  const { width, channels } = picture;
  const left = Math.floor(x - 0.5);
  const top = Math.floor(y - 0.5);
  const a = x - 0.5 - left;
  const b = y - 0.5 - top;
  if (left >= 0 && top >= 0 && left + 1 < width && top + 1 < picture.height) {
    const at = (top * width + left) * channels;
    const below = at + width * channels;
    return (
      (lumaAt(picture, at) * (1 - a) + lumaAt(picture, at + channels) * a) * (1 - b) +
      (lumaAt(picture, below) * (1 - a) + lumaAt(picture, below + channels) * a) * b
    );
  }
  const lumaOf = (column: number, row: number): number =>
    column < 0 || row < 0 || column >= width || row >= picture.height
      ? 0
      : lumaAt(picture, (row * width + column) * channels);
  return (
    (lumaOf(left, top) * (1 - a) + lumaOf(left + 1, top) * a) * (1 - b) +
    (lumaOf(left, top + 1) * (1 - a) + lumaOf(left + 1, top + 1) * a) * b
  );
};

const lumaAt = ({ data, channels }: SharedPicture, at: number): number =>
  channels === 1
    ? (data[at] as number)
    : 0.299 * (data[at] as number) + 0.587 * (data[at + 1] as number) + 0.114 * (data[at + 2] as number);
