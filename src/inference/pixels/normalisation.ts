/** How 0–255 values become a network's input: value × scale + offset, per channel. */
export interface Normalisation {
  readonly scale: readonly [number, number, number];
  readonly offset: readonly [number, number, number];
}

/** value. */
export const UNCHANGED: Normalisation = { scale: [1, 1, 1], offset: [0, 0, 0] };

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
