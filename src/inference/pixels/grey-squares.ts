/** Halves a grey square of `size`² (means of two by two) into (size ÷ 2)² values from `at`, brought from 0–255 to −1…1. */
export const halveGrey = (square: Float32Array, size: number, target: Float32Array, at: number): void => {
  const half = size / 2;
  for (let row = 0; row < half; row += 1) {
    const end = at + (row + 1) * half;
    let p = 2 * row * size;
    for (let to = end - half; to < end; to += 1) {
      const sum =
        (square[p] as number) +
        (square[p + 1] as number) +
        (square[p + size] as number) +
        (square[p + size + 1] as number);
      target[to] = sum * (1 / 510) - 1;
      p += 2;
    }
  }
};

/** What to take of a grey square: its side, the side of its middle, and the level that becomes 0. */
export interface Middle {
  readonly size: number;
  readonly inner: number;
  readonly mean: number;
}

/** A grey square whose middle is darker than this on average is made brighter … */
const DARK_MEAN = 60;
/** … until its middle has this mean, as well lit faces have, by at most so much: what is more is noise. */
const LIT_MEAN = 110;
const MAX_GAIN = 8;

/** Gives an underexposed grey square of 0–255 the light of others, in its place; its middle leaves out `edge` on each side. */
export const evenExposure = (square: Float32Array, size: number, edge: number): void => {
  let sum = 0;
  for (let row = edge; row < size - edge; row += 1)
    for (let at = row * size + edge; at < (row + 1) * size - edge; at += 1) sum += square[at] as number;
  const mean = sum / (size - 2 * edge) ** 2;
  if (!(mean < DARK_MEAN)) return;
  const gain = Math.min(MAX_GAIN, LIT_MEAN / Math.max(1, mean));
  for (let i = 0; i < square.length; i += 1) square[i] = Math.min(255, (square[i] as number) * gain);
};

/** Copies the middle of a grey square of 0–255 into inner² values from `at`, as (value − mean) ÷ 255. */
export const takeMiddle = (
  square: Float32Array,
  { size, inner, mean }: Middle,
  target: Float32Array,
  at: number,
): void => {
  const edge = (size - inner) / 2;
  for (let row = 0; row < inner; row += 1) {
    const end = at + (row + 1) * inner;
    let p = (row + edge) * size + edge;
    for (let to = end - inner; to < end; to += 1) {
      target[to] = ((square[p] as number) - mean) * (1 / 255);
      p += 1;
    }
  }
};

/** Luma (0–255 up to a constant) of a square of `size`² laid out from `at` as planes of values ÷ 255, each up to a constant. */
export const lumaOfPlanes = (planes: Float32Array, at: number, size: number): Float32Array => {
  const plane = size * size;
  const luma = new Float32Array(plane);
  for (let i = 0; i < plane; i += 1) {
    const r = planes[at + i] as number;
    const g = planes[at + plane + i] as number;
    const b = planes[at + 2 * plane + i] as number;
    luma[i] = 255 * (0.299 * r + 0.587 * g + 0.114 * b);
  }
  return luma;
};
