/** Packed RGB24, row-major. */
export interface Rgb {
  readonly width: number;
  readonly height: number;
  readonly channels: 3;
  readonly data: Uint8Array;
}

/** A picture of one face, and where its mesh lies in it. */
export interface MeshedFace {
  readonly picture: Rgb;
  /** 468 points as x, y, z in pixels of the picture; z grows away from the camera. */
  readonly mesh: Float32Array;
  /** Side of the detector's box, pixels. */
  readonly sidePx: number;
}

/** What a camera may do to a face: the same face and the same draws give the same picture. `random` gives numbers in [0, 1). */
export type Condition = (face: MeshedFace, random: () => number) => MeshedFace;

export type Point = readonly [x: number, y: number];
export type Colour = readonly [red: number, green: number, blue: number];

export const pointOf = ({ mesh }: MeshedFace, index: number): Point => [
  mesh[3 * index] as number,
  mesh[3 * index + 1] as number,
];

export const pointsOf = (face: MeshedFace, indices: readonly number[]): Point[] =>
  indices.map((index) => pointOf(face, index));

export const meanOf = (points: readonly Point[]): Point => [
  points.reduce((sum, [x]) => sum + x, 0) / points.length,
  points.reduce((sum, [, y]) => sum + y, 0) / points.length,
];

/** A point at `share` of the way from one to another. */
export const between = ([ax, ay]: Point, [bx, by]: Point, share: number): Point => [
  ax + (bx - ax) * share,
  ay + (by - ay) * share,
];

/** The rim of the face in FaceMesh, clockwise in the picture from the top. */
export const OVAL: readonly number[] = [
  10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149, 150, 136,
  172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
];
