import type { PixelBox, SharedPicture } from '../engine-port.js';

/** How 0–255 values become a network's input: value × scale + offset, per channel. */
export interface Normalisation {
  readonly scale: readonly [number, number, number];
  readonly offset: readonly [number, number, number];
}

/** value ÷ 127.5 − 1. */
export const MINUS_ONE_TO_ONE: Normalisation = {
  scale: [1 / 127.5, 1 / 127.5, 1 / 127.5],
  offset: [-1, -1, -1],
};

/** value ÷ 255. */
export const ZERO_TO_ONE: Normalisation = { scale: [1 / 255, 1 / 255, 1 / 255], offset: [0, 0, 0] };

/** (value − channel mean) ÷ 255, as face-api's networks want it. */
export const MEAN_REMOVED: Normalisation = {
  scale: [1 / 255, 1 / 255, 1 / 255],
  offset: [-122.782 / 255, -117.001 / 255, -104.298 / 255],
};

/** Shrinking by this much or more takes a mean; by less, four neighbours are enough. */
const MEAN_FROM = 2;
/** Samples per output pixel and axis, at most. */
const MAX_TAPS = 2;

/** Sampling positions along one axis: two neighbours and the weight of the second; −1 outside the picture. */
interface Taps {
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly weight: Float32Array;
}

const taps = (start: number, length: number, count: number, limit: number, stride: number): Taps => {
  const first = new Int32Array(count);
  const second = new Int32Array(count);
  const weight = new Float32Array(count);
  const step = length / count;
  for (let i = 0; i < count; i += 1) {
    const at = start + (i + 0.5) * step - 0.5;
    if (!(at > -1 && at < limit)) {
      first[i] = -1;
      continue;
    }
    const low = Math.floor(at);
    first[i] = Math.max(0, low) * stride;
    second[i] = Math.min(limit - 1, low + 1) * stride;
    weight[i] = at - low;
  }
  return { first, second, weight };
};

/** Where the pixels go: planes of `size`² floats from `offset`, one per channel. */
export interface Target {
  readonly data: Float32Array;
  readonly offset: number;
  /** Width and height of the network's input. */
  readonly size: number;
}

const sampleBilinear = (picture: SharedPicture, region: PixelBox, target: Target, how: Normalisation): void => {
  const { data: source, channels, width } = picture;
  const { data, offset, size } = target;
  const plane = size * size;
  const columns = taps(region.x, region.width, size, width, channels);
  const rows = taps(region.y, region.height, size, picture.height, width * channels);
  const green = channels === 1 ? 0 : 1;
  const blue = channels === 1 ? 0 : 2;
  const [scaleR, scaleG, scaleB] = how.scale;
  const [offsetR, offsetG, offsetB] = how.offset;
  for (let y = 0; y < size; y += 1) {
    const top = rows.first[y] as number;
    const bottom = rows.second[y] as number;
    const v = rows.weight[y] as number;
    let at = offset + y * size;
    for (let x = 0; x < size; x += 1, at += 1) {
      const left = columns.first[x] as number;
      if (left < 0 || top < 0) {
        data[at] = offsetR;
        data[at + plane] = offsetG;
        data[at + 2 * plane] = offsetB;
        continue;
      }
      const right = columns.second[x] as number;
      const u = columns.weight[x] as number;
      const d = u * v;
      const c = v - d;
      const b = u - d;
      const a = 1 - u - v + d;
      const tl = top + left;
      const tr = top + right;
      const bl = bottom + left;
      const br = bottom + right;
      data[at] =
        ((source[tl] as number) * a +
          (source[tr] as number) * b +
          (source[bl] as number) * c +
          (source[br] as number) * d) *
          scaleR +
        offsetR;
      data[at + plane] =
        ((source[tl + green] as number) * a +
          (source[tr + green] as number) * b +
          (source[bl + green] as number) * c +
          (source[br + green] as number) * d) *
          scaleG +
        offsetG;
      data[at + 2 * plane] =
        ((source[tl + blue] as number) * a +
          (source[tr + blue] as number) * b +
          (source[bl + blue] as number) * c +
          (source[br + blue] as number) * d) *
          scaleB +
        offsetB;
    }
  }
};

/** Offsets of up to `most` evenly spread samples per output pixel along one axis; −1 outside the picture. */
const spreadTaps = (start: number, length: number, count: number, limit: number, stride: number, most: number) => {
  const step = length / count;
  const each = Math.min(most, Math.max(1, Math.round(Math.abs(step))));
  const offsets = new Int32Array(count * each);
  for (let i = 0; i < count; i += 1) {
    for (let n = 0; n < each; n += 1) {
      const at = Math.floor(start + (i + (n + 0.5) / each) * step);
      offsets[i * each + n] = at >= 0 && at < limit ? at * stride : -1;
    }
  }
  return { offsets, each };
};

/** Like bilinear sampling, but a mean over the pixels that fall on one output pixel: shrinking must not alias. */
const sampleMean = (picture: SharedPicture, region: PixelBox, target: Target, how: Normalisation): void => {
  const { data: source, channels, width } = picture;
  const { data, offset, size } = target;
  const plane = size * size;
  const columns = spreadTaps(region.x, region.width, size, width, channels, MAX_TAPS);
  const rows = spreadTaps(region.y, region.height, size, picture.height, width * channels, MAX_TAPS);
  const xs = columns.offsets;
  const ys = rows.offsets;
  const nx = columns.each;
  const ny = rows.each;
  const green = channels === 1 ? 0 : 1;
  const blue = channels === 1 ? 0 : 2;
  const share = 1 / (nx * ny);
  const [scaleR, scaleG, scaleB] = how.scale;
  const [offsetR, offsetG, offsetB] = how.offset;
  for (let y = 0; y < size; y += 1) {
    let at = offset + y * size;
    // A letterboxed camera picture leaves nearly half of the rows black.
    if ((ys[y * ny] as number) < 0 && (ys[(y + 1) * ny - 1] as number) < 0) {
      data.fill(offsetR, at, at + size);
      data.fill(offsetG, at + plane, at + plane + size);
      data.fill(offsetB, at + 2 * plane, at + 2 * plane + size);
      continue;
    }
    for (let x = 0; x < size; x += 1, at += 1) {
      let r = 0;
      let g = 0;
      let b = 0;
      for (let j = y * ny; j < (y + 1) * ny; j += 1) {
        const row = ys[j] as number;
        if (row < 0) continue;
        const left = xs[x * nx] as number;
        if (left >= 0) {
          r += source[row + left] as number;
          g += source[row + left + green] as number;
          b += source[row + left + blue] as number;
        }
        const right = nx > 1 ? (xs[x * nx + 1] as number) : -1;
        if (right >= 0) {
          r += source[row + right] as number;
          g += source[row + right + green] as number;
          b += source[row + right + blue] as number;
        }
      }
      data[at] = r * share * scaleR + offsetR;
      data[at + plane] = g * share * scaleG + offsetG;
      data[at + 2 * plane] = b * share * scaleB + offsetB;
    }
  }
};

/**
 * Crops, resizes (bilinear, or a mean where it shrinks by half or more), normalises and lays out as planes in one pass;
 * outside the picture is black. A region of negative width (from its right edge) comes out mirrored.
 */
export const sampleInto = (picture: SharedPicture, region: PixelBox, target: Target, how: Normalisation): void => {
  const step = Math.max(Math.abs(region.width), region.height) / target.size;
  if (step >= MEAN_FROM) sampleMean(picture, region, target, how);
  else sampleBilinear(picture, region, target, how);
};

/** The smallest square around a box's centre that holds the box, times `factor`. */
export const squareAround = (box: PixelBox, factor: number): PixelBox => {
  const side = Math.max(box.width, box.height) * factor;
  return { x: box.x + (box.width - side) / 2, y: box.y + (box.height - side) / 2, width: side, height: side };
};
