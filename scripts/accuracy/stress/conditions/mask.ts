import { between, type Colour, type Condition, meanOf, type Point, pointOf, pointsOf } from './face.js';
import { copyOf, insideOf, level, paint, strokeOf } from './paint.js';

/** Jaw from the left side of the picture to the right. */
const JAW = [93, 132, 58, 172, 136, 150, 149, 176, 148, 152, 377, 400, 378, 379, 365, 397, 288, 361, 323];
/** Upper rim from the right side of the picture over the nose to the left. */
const RIM = [352, 280, 347, 412, 197, 188, 118, 50, 123];
/** Cloth stands off the face by this share. */
const OFF = 1.05;
const PLEATS = [0.35, 0.52, 0.69];

/** What masks are made of. */
export const MASK_COLOURS = {
  blue: [150, 190, 215],
  white: [232, 232, 228],
  black: [34, 34, 38],
  green: [140, 190, 165],
  pink: [225, 170, 185],
  skin: [196, 160, 138],
} as const satisfies Record<string, Colour>;

const COLOURS: readonly Colour[] = Object.values(MASK_COLOURS);

/** A surgical mask over mouth and nose, from the points of the mesh; without a colour one is drawn. */
export const surgicalMask =
  (colour?: Colour): Condition =>
  (face, random) => {
    const picture = copyOf(face.picture);
    const chosen = colour ?? COLOURS[Math.floor(random() * COLOURS.length)] ?? MASK_COLOURS.blue;
    const high = 0.25 * (random() - 0.5);
    const middle = meanOf(pointsOf(face, [13, 14]));
    const jaw = pointsOf(face, JAW).map((point) => between(middle, point, OFF));
    const rim = pointsOf(face, RIM).map((point) => between(point, middle, high));
    const cloth = [...jaw, ...rim];
    const [left, right] = [pointOf(face, 93), pointOf(face, 323)];
    const [top, chin] = [pointOf(face, 197), pointOf(face, 152)];
    const light = 0.75 + 0.35 * random();
    const tone = (x: number, y: number): Colour => {
      const across = (x - left[0]) / (right[0] - left[0]) - 0.5;
      const down = (y - top[1]) / (chin[1] - top[1]);
      const pleat = PLEATS.reduce((sum, at) => sum - 0.14 * Math.exp(-(((down - at) / 0.025) ** 2)), 0);
      const shade = light * (1 - 0.9 * across * across) * (1.03 - 0.16 * down) + pleat;
      return [level(chosen[0] * shade), level(chosen[1] * shade), level(chosen[2] * shade)];
    };
    const ears = pointsOf(face, [234, 454]);
    const thickness = Math.max(1, face.sidePx * 0.012);
    const strap = chosen.map((value) => value * 0.9) as unknown as Colour;
    for (const [side, corner] of [
      [ears[0], between(pointOf(face, 123), middle, 0.05)],
      [ears[1], between(pointOf(face, 352), middle, 0.05)],
      [ears[0], pointOf(face, 172)],
      [ears[1], pointOf(face, 397)],
    ] as readonly (readonly [Point, Point])[])
      paint(picture, strokeOf([side, corner], thickness, picture), () => strap);
    paint(picture, insideOf(cloth, picture), tone);
    return { ...face, picture };
  };
