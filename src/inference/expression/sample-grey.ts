import type { SharedPicture } from '../engine-port.js';
import type { FaceFrame } from './face-frame.js';

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
  const { width, height, channels, data } = picture;
  const green = channels === 1 ? 0 : 1;
  const blue = channels === 1 ? 0 : 2;
  const side = frame.sidePx * view.factor;
  const step = side / size;
  const count = Math.max(1, Math.min(MAX_SUBSAMPLES, Math.round(step)));
  const luma = (x: number, y: number): number => {
    if (x < 0 || y < 0 || x >= width || y >= height) return 0;
    const at = (y * width + x) * channels;
    return 0.299 * (data[at] as number) + 0.587 * (data[at + green] as number) + 0.114 * (data[at + blue] as number);
  };
  const cos = Math.cos(frame.angleRad);
  const sin = Math.sin(frame.angleRad);
  const flip = view.mirrored ? -1 : 1;
  const result = new Float32Array(size * size);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      let sum = 0;
      for (let j = 0; j < count; j += 1) {
        const v = (row + (j + 0.5) / count) * step - side / 2;
        for (let i = 0; i < count; i += 1) {
          const u = flip * ((column + (i + 0.5) / count) * step - side / 2);
          const x = frame.centreX + cos * u - sin * v;
          const y = frame.centreY + sin * u + cos * v;
          if (count > 1) {
            sum += luma(Math.floor(x), Math.floor(y));
            continue;
          }
          const left = Math.floor(x - 0.5);
          const top = Math.floor(y - 0.5);
          const a = x - 0.5 - left;
          const b = y - 0.5 - top;
          sum +=
            (luma(left, top) * (1 - a) + luma(left + 1, top) * a) * (1 - b) +
            (luma(left, top + 1) * (1 - a) + luma(left + 1, top + 1) * a) * b;
        }
      }
      result[row * size + column] = sum / (count * count);
    }
  }
  return result;
};
