/** Two offsets into the picture for every output pixel along one axis, and the run of those that lie in the picture. */
export interface Axis {
  readonly first: Int32Array;
  readonly second: Int32Array;
  /** Share of the second, Q0.8. */
  readonly weight: Int32Array;
  readonly from: number;
  readonly to: number;
}

/** How an axis of the picture is walked: `start` and `length` of the region, `limit` pixels, `stride` values apart. */
export interface AxisWalk {
  readonly start: number;
  readonly length: number;
  readonly count: number;
  readonly limit: number;
  readonly stride: number;
}

/** The offset of an output pixel that lies beyond the picture. */
export const OUTSIDE = -1;

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
    weight[i] = Math.round(share * 256);
    if (first[i] === OUTSIDE) continue;
    from = Math.min(from, i);
    to = i + 1;
  }
  return { first, second, weight, from, to };
};

/** The two neighbours of each output pixel's centre. */
export const neighbours = ({ start, length, count, limit, stride }: AxisWalk): Axis =>
  axisOf(count, (i) => {
    const at = start + ((i + 0.5) * length) / count - 0.5;
    if (!(at > -1 && at < limit)) return [OUTSIDE, OUTSIDE, 0];
    const low = Math.floor(at);
    return [Math.max(0, low) * stride, Math.min(limit - 1, low + 1) * stride, at - low];
  });

/** Two samples spread evenly over each output pixel. */
export const pairs = ({ start, length, count, limit, stride }: AxisWalk): Axis => {
  const offset = (n: number): number => {
    const at = Math.floor(start + ((n + 0.5) * length) / (2 * count));
    return at >= 0 && at < limit ? at * stride : OUTSIDE;
  };
  return axisOf(count, (i) => [offset(2 * i), offset(2 * i + 1), 0.5]);
};

/** Where the pixels go: planes of `size`² floats from `offset`, one per channel. */
export interface Planes {
  readonly data: Float32Array;
  readonly offset: number;
  /** Width and height of the network's input. */
  readonly size: number;
}

/** One row of output: where it begins, the offsets of its two rows of the picture, the share of the second, Q0.8. */
export interface OutputRow {
  readonly at: number;
  readonly top: number;
  readonly bottom: number;
  readonly share: number;
}
