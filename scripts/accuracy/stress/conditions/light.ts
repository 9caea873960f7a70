import { type Condition, meanOf, OVAL, type Point, pointsOf, type Rgb } from './face.js';
import { insideOf, level, normal } from './paint.js';
import { blurredPlane } from './blur.js';

/** Levels of noise that a sensor adds in the dark, standard deviation. */
const DARK_NOISE = 3;
/** The face's outline times this holds the head with its hair. */
const HEAD = 1.3;

const lumaOf = (data: Uint8Array, at: number): number =>
  0.299 * (data[at] as number) + 0.587 * (data[at + 1] as number) + 0.114 * (data[at + 2] as number);

const mapped = (picture: Rgb, change: (level: number, index: number) => number): Rgb => ({
  ...picture,
  data: picture.data.map((value, index) => level(change(value, index))),
});

/** So much of the light, with the noise of a sensor. */
export const dark =
  (gain = 0.12): Condition =>
  (face, random) => ({
    ...face,
    picture: mapped(face.picture, (value) => value * gain + DARK_NOISE * normal(random)),
  });

/** No colours. */
export const grey: Condition = (face) => {
  const { data } = face.picture;
  return { ...face, picture: mapped(face.picture, (_, index) => lumaOf(data, index - (index % 3))) };
};

/** A bright window behind a dark head: the ground overexposed, the face at `gain` of its light under a little glare. */
export const backlight =
  (gain = 0.2): Condition =>
  (face, random) => {
    const outline = pointsOf(face, OVAL);
    const [x, y] = meanOf(outline);
    const head = outline.map(([px, py]): Point => [x + (px - x) * HEAD, y + (py - y) * (py < y ? HEAD * 1.1 : HEAD)]);
    const { width, height } = face.picture;
    const cover = insideOf(head, face.picture);
    const plane = new Float32Array(width * height);
    for (let row = 0; row < cover.height; row += 1)
      plane.set(
        cover.shares.subarray(row * cover.width, (row + 1) * cover.width),
        (cover.top + row) * width + cover.left,
      );
    const soft = blurredPlane(plane, width, height, Math.max(1, face.sidePx * 0.06));
    const picture = mapped(face.picture, (value, index) => {
      const share = Math.min(1, soft[Math.floor(index / 3)] as number);
      const near = value * gain + 14;
      const far = 225 + value * 0.25;
      return share * near + (1 - share) * far + 1.5 * normal(random);
    });
    return { ...face, picture };
  };
