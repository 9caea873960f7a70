import type { Frame } from '../../../contracts/frame.js';

/** Blocks along the longer side of a view. Of 16 more of a person's outline is left, of 8 people who stand apart are one figure. */
const COLUMNS = 12;
/** Points looked at in each block, along either side. */
const POINTS = 8;

type Size = Pick<Frame, 'width' | 'height'>;

/** A view as a few large blocks, row by row. */
export interface BlockGrid {
  readonly columns: number;
  readonly rows: number;
}

/** The grid of a view of this size in pixels: 12 blocks along its longer side, nearly square ones. */
export const gridOf = ({ width, height }: Size): BlockGrid => {
  const scale = COLUMNS / Math.max(width, height);
  return { columns: Math.max(1, Math.round(width * scale)), rows: Math.max(1, Math.round(height * scale)) };
};

/** Pixel positions along one side at which its blocks are looked at, block by block. */
const pointsAlong = (lengthPx: number, blocks: number): Int32Array =>
  Int32Array.from({ length: blocks * POINTS }, (_, at) => Math.floor(((at + 0.5) * lengthPx) / (blocks * POINTS)));

/** Mean levels (0–255) of red, green and blue in every block, from 64 points of each. */
export const blockMeans = ({ width, height, data }: Size & Pick<Frame, 'data'>, grid: BlockGrid): Uint8Array => {
  const { columns, rows } = grid;
  const across = pointsAlong(width, columns);
  const down = pointsAlong(height, rows);
  const sums = new Uint32Array(columns * rows * 3);
  for (let y = 0; y < down.length; y += 1) {
    const line = (down[y] as number) * width;
    const row = Math.floor(y / POINTS) * columns;
    for (let x = 0; x < across.length; x += 1) {
      const from = (line + (across[x] as number)) * 3;
      const to = (row + Math.floor(x / POINTS)) * 3;
      for (let channel = 0; channel < 3; channel += 1)
        sums[to + channel] = (sums[to + channel] as number) + (data[from + channel] as number);
    }
  }
  return Uint8Array.from(sums, (sum) => Math.round(sum / (POINTS * POINTS)));
};
