import type { FaceFrame, SharedPicture } from '../engine-port.js';

/** How a face is cut out: how much wider than its frame, and whether left and right change places. */
export interface GreyView {
  readonly factor: number;
  readonly mirrored: boolean;
}

const MAX_SUBSAMPLES = 5;

/**
 * Cuts a face out upright (turned with the head) as size² luma values 0–255; 0 outside the picture. Where the picture is
 * finer than the result it is averaged, else interpolated, so that a face gives the same values near and far.
 */
export const sampleGrey = (picture: SharedPicture, frame: FaceFrame, view: GreyView, size: number): Float32Array => {
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
  const result = new Float32Array(size * size);
  if (count > 1) {
    meanLumas(picture, { ...grid, startX, startY, count }, size, result);
    return result;
  }
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const x = startX + column * grid.acrossX + row * grid.downX;
      const y = startY + column * grid.acrossY + row * grid.downY;
      result[row * size + column] = betweenLuma(picture, x, y);
    }
  }
  return result;
};

/** Steps between neighbouring samples, pixels of the picture: along the result's rows and down its columns. */
interface Grid {
  readonly acrossX: number;
  readonly acrossY: number;
  readonly downX: number;
  readonly downY: number;
}

/** Positions are counted in these parts of a pixel: whole numbers are walked several times faster. */
const PARTS = 2 ** 16;
const PART_BITS = 16;

/** Fills `result` with means over count² samples of the pixels they fall on; the very first sample is at (startX, startY). */
const meanLumas = (
  { width, height, channels, data }: SharedPicture,
  grid: Grid & { readonly startX: number; readonly startY: number; readonly count: number },
  size: number,
  result: Float32Array,
): void => {
  const { count } = grid;
  const green = channels === 1 ? 0 : 1;
  const blue = channels === 1 ? 0 : 2;
  const acrossX = Math.round(grid.acrossX * PARTS);
  const acrossY = Math.round(grid.acrossY * PARTS);
  const share = 1 / (count * count);
  const inside = liesInside(grid, size * count, width, height);
  for (let down = 0; down < size * count; down += 1) {
    let x = Math.round((grid.startX + down * grid.downX) * PARTS);
    let y = Math.round((grid.startY + down * grid.downY) * PARTS);
    const row = Math.floor(down / count) * size;
    for (let column = 0; column < size; column += 1) {
      let r = 0;
      let g = 0;
      let b = 0;
      for (let i = 0; i < count; i += 1) {
        const px = x >> PART_BITS;
        const py = y >> PART_BITS;
        x += acrossX;
        y += acrossY;
        if (!inside && (px < 0 || py < 0 || px >= width || py >= height)) continue;
        const at = (py * width + px) * channels;
        r += data[at] as number;
        g += data[at + green] as number;
        b += data[at + blue] as number;
      }
      result[row + column] = (result[row + column] as number) + (0.299 * r + 0.587 * g + 0.114 * b) * share;
    }
  }
};

/** Whether every sample of a grid of `steps`² falls on the picture: its corners do, with a pixel to spare for rounding. */
const liesInside = (
  grid: Grid & { readonly startX: number; readonly startY: number },
  steps: number,
  width: number,
  height: number,
): boolean =>
  [0, steps].every((right) =>
    [0, steps].every((down) => {
      const x = grid.startX + right * grid.acrossX + down * grid.downX;
      const y = grid.startY + right * grid.acrossY + down * grid.downY;
      return x >= 1 && y >= 1 && x < width - 1 && y < height - 1;
    }),
  );

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
  const luma = (column: number, row: number): number =>
    column < 0 || row < 0 || column >= width || row >= picture.height
      ? 0
      : lumaAt(picture, (row * width + column) * channels);
  return (
    (luma(left, top) * (1 - a) + luma(left + 1, top) * a) * (1 - b) +
    (luma(left, top + 1) * (1 - a) + luma(left + 1, top + 1) * a) * b
  );
};

const lumaAt = ({ data, channels }: SharedPicture, at: number): number =>
  channels === 1
    ? (data[at] as number)
    : 0.299 * (data[at] as number) + 0.587 * (data[at + 1] as number) + 0.114 * (data[at + 2] as number);
