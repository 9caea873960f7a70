/** Samples of a picture that make a square of `size`² values: the very first is at (startX, startY), `count`² of them make one value. */
export interface SampleGrid {
  readonly startX: number;
  readonly startY: number;
  /** Steps between neighbouring samples, pixels of the picture: along the result's rows and down its columns. */
  readonly acrossX: number;
  readonly acrossY: number;
  readonly downX: number;
  readonly downY: number;
  readonly count: number;
  readonly size: number;
}
