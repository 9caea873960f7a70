import type { PixelBox, SharedPicture } from './picture.js';
import { wordsOf } from './packed-pixels.js';

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

/** Shrinking by this much or more takes the mean of 2×2 samples; by less, four neighbours are enough. */
const MEAN_FROM = 2;

/** Where the pixels go: planes of `size`² floats from `offset`, one per channel. */
export interface Target {
  readonly data: Float32Array;
  readonly offset: number;
  /** Width and height of the network's input. */
  readonly size: number;
}

/** Two offsets into the picture for every output pixel along one axis, and the run of those that lie in the picture. */
interface Axis {
  readonly first: Int32Array;
  readonly second: Int32Array;
  /** Share of the second, in SHARES. */
  readonly weight: Int32Array;
  readonly from: number;
  readonly to: number;
}

/** How an axis of the picture is walked: `start` and `length` of the region, `limit` pixels, `stride` values apart. */
interface Walk {
  readonly start: number;
  readonly length: number;
  readonly count: number;
  readonly limit: number;
  readonly stride: number;
}

const OUTSIDE = -1;

/** Shares of pixels are counted in these parts, so that one multiplication mixes two channels of a word. */
const SHARES = 256;

/** The axis from the offsets of each output pixel, OUTSIDE for one beyond the picture. */
const axisOf = (count: number, taps: (i: number) => readonly [first: number, second: number, weight: number]): Axis => {
  const first = new Int32Array(count);
  const second = new Int32Array(count);
  const weight = new Int32Array(count);
  let from = count;
  let to = 0;
  for (let i = 0; i < count; i += 1) {
    const [one, other, share] = taps(i);
    // A pixel that lies half in the picture is made of that half.
    first[i] = one === OUTSIDE ? other : one;
    second[i] = other === OUTSIDE ? one : other;
    weight[i] = Math.round(share * SHARES);
    if (first[i] === OUTSIDE) continue;
    from = Math.min(from, i);
    to = i + 1;
  }
  return { first, second, weight, from, to };
};

/** The two neighbours of each output pixel's centre. */
const neighbours = ({ start, length, count, limit, stride }: Walk): Axis =>
  axisOf(count, (i) => {
    const at = start + ((i + 0.5) * length) / count - 0.5;
    if (!(at > -1 && at < limit)) return [OUTSIDE, OUTSIDE, 0];
    const low = Math.floor(at);
    return [Math.max(0, low) * stride, Math.min(limit - 1, low + 1) * stride, at - low];
  });

/** Two samples spread evenly over each output pixel. */
const pairs = ({ start, length, count, limit, stride }: Walk): Axis => {
  const offset = (n: number): number => {
    const at = Math.floor(start + ((n + 0.5) * length) / (2 * count));
    return at >= 0 && at < limit ? at * stride : OUTSIDE;
  };
  return axisOf(count, (i) => [offset(2 * i), offset(2 * i + 1), 0.5]);
};

/** One row of output: where it begins, the offsets of its two rows of the picture, the share of the second in SHARES. */
interface Row {
  readonly at: number;
  readonly top: number;
  readonly bottom: number;
  readonly share: number;
}

/** Mixes the four pixels by their shares: grey pictures, and the last row, where a word would reach beyond the picture. */
const mixRow = (picture: SharedPicture, columns: Axis, target: Target, how: Normalisation, row: Row): void => {
  const { data: source, channels } = picture;
  const { data, size } = target;
  const { first, second, weight } = columns;
  const { at, top, bottom } = row;
  const share = row.share / SHARES;
  for (let channel = 0; channel < 3; channel += 1) {
    const plane = at + channel * size * size;
    const of = channels === 1 ? 0 : channel;
    const scale = how.scale[channel] as number;
    const offset = how.offset[channel] as number;
    for (let x = columns.from; x < columns.to; x += 1) {
      const left = (first[x] as number) + of;
      const right = (second[x] as number) + of;
      const u = (weight[x] as number) / SHARES;
      const above = (source[top + left] as number) * (1 - u) + (source[top + right] as number) * u;
      const below = (source[bottom + left] as number) * (1 - u) + (source[bottom + right] as number) * u;
      data[plane + x] = (above * (1 - share) + below * share) * scale + offset;
    }
  }
};

/** The same with a pixel read as one word and shares in 1/256, in a third of the time. Reads one byte beyond a pixel of three. */
const mixWords = (words: DataView, columns: Axis, target: Target, how: Normalisation, row: Row): void => {
  const { data, size } = target;
  const { first, second, weight, to } = columns;
  const { at, top, bottom, share } = row;
  const plane = size * size;
  const scaleR = how.scale[0] / SHARES;
  const scaleG = how.scale[1] / SHARES;
  const scaleB = how.scale[2] / SHARES;
  const [offsetR, offsetG, offsetB] = how.offset;
  for (let x = columns.from; x < to; x += 1) {
    const left = first[x] as number;
    const right = second[x] as number;
    const u = weight[x] as number;
    const d = (u * share) >> 8;
    const c = share - d;
    const b = u - d;
    const a = SHARES - u - c;
    const nw = words.getInt32((top + left) | 0, true);
    const ne = words.getInt32((top + right) | 0, true);
    const sw = words.getInt32((bottom + left) | 0, true);
    const se = words.getInt32((bottom + right) | 0, true);
    const above = (Math.imul(nw & 0xff00ff, a) + Math.imul(ne & 0xff00ff, b)) | 0;
    const under = (Math.imul(sw & 0xff00ff, c) + Math.imul(se & 0xff00ff, d)) | 0;
    const redBlue = (above + under) | 0;
    const green =
      (Math.imul((nw >>> 8) & 255, a) +
        Math.imul((ne >>> 8) & 255, b) +
        Math.imul((sw >>> 8) & 255, c) +
        Math.imul((se >>> 8) & 255, d)) |
      0;
    data[at + x] = (redBlue & 0xffff) * scaleR + offsetR;
    data[at + x + plane] = green * scaleG + offsetG;
    data[at + x + 2 * plane] = (redBlue >>> 16) * scaleB + offsetB;
  }
};

/**
 * The plain mean of the four pixels, in less than half the time: a pixel is read as one word, red and blue are added side by side.
 * Reads one byte beyond a pixel of three, so not for the picture's last row.
 */
const averageRow = (words: DataView, columns: Axis, target: Target, how: Normalisation, row: Row): void => {
  const { data, size } = target;
  const { first, second, to } = columns;
  const { at, top, bottom } = row;
  const plane = size * size;
  const scaleR = how.scale[0] / 4;
  const scaleG = how.scale[1] / 4;
  const scaleB = how.scale[2] / 4;
  const [offsetR, offsetG, offsetB] = how.offset;
  for (let x = columns.from; x < to; x += 1) {
    const left = first[x] as number;
    const right = second[x] as number;
    const nw = words.getInt32((top + left) | 0, true);
    const ne = words.getInt32((top + right) | 0, true);
    const sw = words.getInt32((bottom + left) | 0, true);
    const se = words.getInt32((bottom + right) | 0, true);
    const redBlue = (nw & 0xff00ff) + (ne & 0xff00ff) + (sw & 0xff00ff) + (se & 0xff00ff);
    const green = ((nw >>> 8) & 255) + ((ne >>> 8) & 255) + ((sw >>> 8) & 255) + ((se >>> 8) & 255);
    data[at + x] = (redBlue & 0xffff) * scaleR + offsetR;
    data[at + x + plane] = green * scaleG + offsetG;
    data[at + x + 2 * plane] = (redBlue >>> 16) * scaleB + offsetB;
  }
};

/**
 * Crops, resizes (bilinear, or a mean where it shrinks by half or more), normalises and lays out as planes in one pass;
 * outside the picture is black. A region of negative width (from its right edge) comes out mirrored.
 */
export const sampleInto = (picture: SharedPicture, region: PixelBox, target: Target, how: Normalisation): void => {
  const { width, height, channels, data: source } = picture;
  const { data, offset, size } = target;
  const shrinks = Math.max(Math.abs(region.width), region.height) / size >= MEAN_FROM;
  const axis = shrinks ? pairs : neighbours;
  const columns = axis({ start: region.x, length: region.width, count: size, limit: width, stride: channels });
  const rows = axis({
    start: region.y,
    length: region.height,
    count: size,
    limit: height,
    stride: width * channels,
  });
  const words = wordsOf(source);
  const lastRow = (height - 1) * width * channels;
  const bordered = columns.from > 0 || columns.to < size;
  for (let y = 0; y < size; y += 1) {
    const at = offset + y * size;
    const top = rows.first[y] as number;
    const bottom = rows.second[y] as number;
    if (bordered || top === OUTSIDE)
      how.offset.forEach((black, plane) => data.fill(black, at + plane * size * size, at + plane * size * size + size));
    if (top === OUTSIDE) continue;
    const row = { at, top, bottom, share: rows.weight[y] as number };
    if (channels === 1 || bottom >= lastRow) mixRow(picture, columns, target, how, row);
    else if (shrinks) averageRow(words, columns, target, how, row);
    else mixWords(words, columns, target, how, row);
  }
};
