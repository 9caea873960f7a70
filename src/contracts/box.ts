/** Rectangle as fractions (0–1) of the frame's width and height; may reach a little outside the frame. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
