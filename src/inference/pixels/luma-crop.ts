import type { TurnedSquare } from './picture.js';
import type { SharedPicture } from './picture.js';
import { type Grid, type Walk, averageFour, averageWords, interpolateWords } from './luma-crop-packed.js';

/** How a face is cut out: how much wider than its frame, and whether left and right change places. */
export interface GreyView {
  readonly factor: number;
  readonly mirrored: boolean;
}

/** A value is the mean of at most this many samples along either axis. */
const MAX_SAMPLES = 3;

/**
 * Cuts a face out upright (turned with the head) as luma values 0–255 into a square of `size`²; 0 outside the picture.
 * Where the picture is finer than the result it is averaged, else interpolated, so that a face gives the same values near
 * and far.
 */
export const sampleGrey = (
  picture: SharedPicture,
  frame: TurnedSquare,
  view: GreyView,
  size: number,
  square: Float32Array,
): void => {
  const step = (frame.sidePx * view.factor) / size;
  const count = Math.max(1, Math.min(MAX_SAMPLES, Math.round(step)));
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
  if (picture.channels === 1 || !liesInside(walk, picture))
    (count === 1 ? interpolateBytes : averageBytes)(picture, walk, square);
  else if (count === 1) interpolateWords(picture, walk, square);
  else if (count === 2) averageFour(picture, walk, square);
  else averageWords(picture, walk, square);
};

/** Means over the pixels that the samples fall on, byte by byte, black outside the picture. */
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

/** Whether every sample of a walk keeps off the picture's edges, with two pixels to spare for neighbours and rounding: its corners do. */
const liesInside = (walk: Walk, { width, height }: SharedPicture): boolean => {
  const steps = walk.size * walk.count;
  return [0, steps].every((right) =>
    [0, steps].every((down) => {
      const x = walk.startX + right * walk.acrossX + down * walk.downX;
      const y = walk.startY + right * walk.acrossY + down * walk.downY;
      return x >= 2 && y >= 2 && x < width - 2 && y < height - 2;
    }),
  );
};

/** Values between the four pixels around each sample, byte by byte, black outside the picture. */
const interpolateBytes = (picture: SharedPicture, walk: Walk, square: Float32Array): void => {
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
