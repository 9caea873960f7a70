import { averageFourPacked, averagePacked, interpolatePacked } from './packed-kernels.js';
import type { SharedPicture, TurnedSquare } from './picture.js';
import type { SampleGrid } from './sample-grid.js';
import { averageSamples, interpolateSamples } from './scalar-kernels.js';

/** How a square is cut out: how much wider than it is, and whether left and right change places. */
export interface CropView {
  readonly factor: number;
  readonly mirrored: boolean;
}

/** A value is the mean of at most this many samples along either axis. */
const MAX_SAMPLES = 3;

/**
 * Cuts a turned square out upright as luma values 0–255 into `size`² values; 0 outside the picture. Where the picture is finer
 * than the result it is averaged, else interpolated, so that a face gives the same values near and far.
 */
export const cropLuma = (
  picture: SharedPicture,
  from: TurnedSquare,
  view: CropView,
  size: number,
  square: Float32Array,
): void => {
  const grid = gridOf(from, view, size);
  const { count } = grid;
  if (picture.channels === 1 || !liesInside(grid, picture))
    (count === 1 ? interpolateSamples : averageSamples)(picture, grid, square);
  else if (count === 1) interpolatePacked(picture, grid, square);
  else if (count === 2) averageFourPacked(picture, grid, square);
  else averagePacked(picture, grid, square);
};

/** Where a turned square is sampled for `size`² values. */
export const gridOf = (from: TurnedSquare, view: CropView, size: number): SampleGrid => {
  const step = (from.sidePx * view.factor) / size;
  const count = Math.max(1, Math.min(MAX_SAMPLES, Math.round(step)));
  const flip = view.mirrored ? -1 : 1;
  const acrossX = (flip * Math.cos(from.angleRad) * step) / count;
  const acrossY = (flip * Math.sin(from.angleRad) * step) / count;
  const downX = (-Math.sin(from.angleRad) * step) / count;
  const downY = (Math.cos(from.angleRad) * step) / count;
  const first = (1 - size * count) / 2;
  const startX = from.centreX + first * (acrossX + downX);
  const startY = from.centreY + first * (acrossY + downY);
  return { startX, startY, acrossX, acrossY, downX, downY, count, size };
};

/** Whether every sample of a grid keeps off the picture's edges, with two pixels to spare for neighbours and rounding: its corners do. */
const liesInside = (grid: SampleGrid, { width, height }: SharedPicture): boolean => {
  const steps = grid.size * grid.count;
  return [0, steps].every((right) =>
    [0, steps].every((down) => {
      const x = grid.startX + right * grid.acrossX + down * grid.downX;
      const y = grid.startY + right * grid.acrossY + down * grid.downY;
      return x >= 2 && y >= 2 && x < width - 2 && y < height - 2;
    }),
  );
};
