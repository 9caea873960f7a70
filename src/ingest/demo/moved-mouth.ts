/** A picture of `channels` bytes per pixel, row by row. */
export interface Pixels {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}

/** Of the distance between the eyes: from the mouth's middle to its corners, how far these are moved at an amount of 1, how far that reaches. */
const CORNER = 0.42;
const OUTWARDS = 0.08;
const UPWARDS = 0.16;
const REACH = 0.35;
/** Beyond this many times the reach nothing moves visibly. */
const REACHES = 4;

/**
 * The picture with the corners of a mouth moved outwards and up, which looks like a smile, or by a negative amount
 * inwards and down. `mouth` and `eyes` (from the left one to the right one) in pixels of the picture.
 */
export const movedMouth = (
  picture: Pixels,
  mouth: { readonly x: number; readonly y: number },
  eyes: { readonly x: number; readonly y: number },
  amount: number,
): Uint8Array => {
  const { data, width, height, channels } = picture;
  const moved = Uint8Array.from(data);
  const reach = REACH * Math.hypot(eyes.x, eyes.y);
  const corners = [-1, 1].map((side) => ({
    x: mouth.x + side * CORNER * eyes.x,
    y: mouth.y + side * CORNER * eyes.y,
    dx: amount * (side * OUTWARDS * eyes.x + UPWARDS * eyes.y),
    dy: amount * (side * OUTWARDS * eyes.y - UPWARDS * eyes.x),
  }));
  const far = Math.ceil(REACHES * reach);
  const within = (value: number, size: number): number => Math.min(size - 1, Math.max(0, value));
  for (let y = within(Math.floor(mouth.y) - far, height); y <= within(Math.ceil(mouth.y) + far, height); y += 1)
    for (let x = within(Math.floor(mouth.x) - far, width); x <= within(Math.ceil(mouth.x) + far, width); x += 1) {
      let [fromX, fromY] = [x, y];
      for (const corner of corners) {
        const weight = Math.exp(-((x - corner.x) ** 2 + (y - corner.y) ** 2) / (2 * reach * reach));
        fromX -= weight * corner.dx;
        fromY -= weight * corner.dy;
      }
      const from = (within(Math.round(fromY), height) * width + within(Math.round(fromX), width)) * channels;
      moved.set(data.subarray(from, from + channels), (y * width + x) * channels);
    }
  return moved;
};
