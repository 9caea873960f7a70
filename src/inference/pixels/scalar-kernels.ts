import type { Normalisation } from './normalisation.js';
import type { SharedPicture } from './picture.js';
import type { Axis, OutputRow, Planes } from './resample-axis.js';
import type { SampleGrid } from './sample-grid.js';

/*
 * The kernels as they are meant, one value at a time, black outside the picture: for grey pictures, faces at an edge and a
 * picture's last row, and what the packed kernels are tested against. Luma is that of ITU-R BT.601.
 */

/** The value between four neighbours, `u` of the way from left to right and `v` of the way down, 0–1 both. */
const bilinear = (nw: number, ne: number, sw: number, se: number, u: number, v: number): number =>
  (nw * (1 - u) + ne * u) * (1 - v) + (sw * (1 - u) + se * u) * v;

/** Luma 0–255 of the pixel that begins at `at`. */
const lumaAt = ({ data, channels }: SharedPicture, at: number): number =>
  channels === 1
    ? (data[at] as number)
    : 0.299 * (data[at] as number) + 0.587 * (data[at + 1] as number) + 0.114 * (data[at + 2] as number);

/** Luma between the four pixels around (x, y). */
const lumaBetween = (picture: SharedPicture, x: number, y: number): number => {
  const { width, height, channels } = picture;
  const left = Math.floor(x - 0.5);
  const top = Math.floor(y - 0.5);
  const [u, v] = [x - 0.5 - left, y - 0.5 - top];
  if (left >= 0 && top >= 0 && left + 1 < width && top + 1 < height) {
    const at = (top * width + left) * channels;
    const below = at + width * channels;
    return bilinear(
      lumaAt(picture, at),
      lumaAt(picture, at + channels),
      lumaAt(picture, below),
      lumaAt(picture, below + channels),
      u,
      v,
    );
  }
  const lumaOf = (column: number, row: number): number =>
    column < 0 || row < 0 || column >= width || row >= height ? 0 : lumaAt(picture, (row * width + column) * channels);
  return bilinear(lumaOf(left, top), lumaOf(left + 1, top), lumaOf(left, top + 1), lumaOf(left + 1, top + 1), u, v);
};

/** Means over the pixels that the samples fall on. */
export const averageSamples = (picture: SharedPicture, grid: SampleGrid, square: Float32Array): void => {
  const { width, height, channels } = picture;
  const { count, size } = grid;
  square.fill(0);
  const share = 1 / (count * count);
  for (let down = 0; down < size * count; down += 1) {
    const row = Math.floor(down / count) * size;
    for (let across = 0; across < size * count; across += 1) {
      const px = Math.floor(grid.startX + across * grid.acrossX + down * grid.downX);
      const py = Math.floor(grid.startY + across * grid.acrossY + down * grid.downY);
      if (px < 0 || py < 0 || px >= width || py >= height) continue;
      const at = row + Math.floor(across / count);
      square[at] = (square[at] as number) + lumaAt(picture, (py * width + px) * channels) * share;
    }
  }
};

/** Values between the four pixels around each sample. */
export const interpolateSamples = (picture: SharedPicture, grid: SampleGrid, square: Float32Array): void => {
  const { size, startX, startY, acrossX, acrossY, downX, downY } = grid;
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const x = startX + column * acrossX + row * downX;
      const y = startY + column * acrossY + row * downY;
      square[row * size + column] = lumaBetween(picture, x, y);
    }
  }
};

/** One row of output from two rows of the picture: between the four pixels of each value, channel by channel. */
export const blendRow = (
  picture: SharedPicture,
  columns: Axis,
  target: Planes,
  how: Normalisation,
  row: OutputRow,
): void => {
  const { data: source, channels } = picture;
  const { data, size } = target;
  const { first, second, weight } = columns;
  const { at, top, bottom, share } = row;
  for (let channel = 0; channel < 3; channel += 1) {
    const plane = at + channel * size * size;
    const of = channels === 1 ? 0 : channel;
    const scale = how.scale[channel] as number;
    const offset = how.offset[channel] as number;
    for (let x = columns.from; x < columns.to; x += 1) {
      const left = (first[x] as number) + of;
      const right = (second[x] as number) + of;
      const value = bilinear(
        source[top + left] as number,
        source[top + right] as number,
        source[bottom + left] as number,
        source[bottom + right] as number,
        (weight[x] as number) / 256,
        share / 256,
      );
      data[plane + x] = value * scale + offset;
    }
  }
};
