import type { SharedPicture } from './picture.js';

/** By how much a picture is turned clockwise, degrees. */
export type QuarterTurn = 90 | 180 | 270;

/** Longer side of a turned picture, pixels. */
const MAX_SIDE_PX = 640;

/** Column and row of the source as a·x + b·y + c of the turned picture's x and y; `right`, `bottom` are the source's last. */
const sourceOf = (turn: QuarterTurn, right: number, bottom: number) =>
  ({
    90: { column: [0, 1, 0], row: [-1, 0, bottom] },
    180: { column: [-1, 0, right], row: [0, -1, bottom] },
    270: { column: [0, -1, right], row: [1, 0, 0] },
  })[turn] as { readonly column: [number, number, number]; readonly row: [number, number, number] };

/** A picture turned clockwise and made smaller, in shared memory of its own. */
export const rotatedPicture = ({ width, height, channels, data }: SharedPicture, turn: QuarterTurn): SharedPicture => {
  const shrink = Math.max(1, Math.max(width, height) / MAX_SIDE_PX);
  const [columns, rows] = [Math.floor(width / shrink), Math.floor(height / shrink)];
  const [w, h] = turn === 180 ? [columns, rows] : [rows, columns];
  const { column, row } = sourceOf(turn, columns - 1, rows - 1);
  const turned = new Uint8Array(new SharedArrayBuffer(w * h * channels));
  for (let y = 0, to = 0; y < h; y += 1)
    for (let x = 0; x < w; x += 1) {
      const u = Math.floor((column[0] * x + column[1] * y + column[2]) * shrink);
      const v = Math.floor((row[0] * x + row[1] * y + row[2]) * shrink);
      const from = (v * width + u) * channels;
      for (let channel = 0; channel < channels; channel += 1, to += 1) turned[to] = data[from + channel] as number;
    }
  return { width: w, height: h, channels, data: turned };
};
