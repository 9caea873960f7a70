/** A picture in memory that other threads can read; row-major, `channels` bytes per pixel (1 grey, 3 RGB, 4 RGBA). */
export interface SharedPicture {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3 | 4;
  readonly data: Uint8Array;
}

/** Rectangle in pixels of the picture; may reach outside it. */
export interface PixelBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The same rectangle as fractions of a picture. */
export const fractionsOf = (box: PixelBox, picture: { readonly width: number; readonly height: number }): PixelBox => ({
  x: box.x / picture.width,
  y: box.y / picture.height,
  width: box.width / picture.width,
  height: box.height / picture.height,
});

/** A square turned about its centre; pixels of the picture. */
export interface TurnedSquare {
  readonly centreX: number;
  readonly centreY: number;
  readonly sidePx: number;
  /** Clockwise, radians. */
  readonly angleRad: number;
}

/** The smallest square around a box's centre that holds the box, times `factor`. */
export const squareAround = (box: PixelBox, factor: number): PixelBox => {
  const side = Math.max(box.width, box.height) * factor;
  return { x: box.x + (box.width - side) / 2, y: box.y + (box.height - side) / 2, width: side, height: side };
};
