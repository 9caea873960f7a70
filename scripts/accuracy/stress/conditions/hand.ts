import { between, type Colour, type Condition, meanOf, type Point, pointOf, pointsOf } from './face.js';
import { colourAround, copyOf, level, paint, strokeOf } from './paint.js';

const FINGERS = 4;

/** A hand over the mouth, of the colour of the face's own cheeks, from the left, the right or below. */
export const handOnMouth: Condition = (face, random) => {
  const picture = copyOf(face.picture);
  const mouth = meanOf(pointsOf(face, [13, 14, 61, 291]));
  const cheeks = pointsOf(face, [50, 280]).map((cheek) => colourAround(picture, cheek, face.sidePx * 0.04));
  const wide = Math.abs(pointOf(face, 454)[0] - pointOf(face, 234)[0]);
  const tone = 0.8 + 0.25 * random();
  const skin = [0, 1, 2].map((channel) => tone * (((cheeks[0]?.[channel] ?? 0) + (cheeks[1]?.[channel] ?? 0)) / 2));
  const side = random() < 0.5 ? -1 : 1;
  const slant = (random() - 0.3) * 0.7;
  const along: Point = [side * Math.cos(slant), Math.sin(slant)];
  const across: Point = [-along[1], along[0]];
  const place = (forth: number, aside: number): Point => [
    mouth[0] + wide * (forth * along[0] + aside * across[0]),
    mouth[1] + wide * (forth * along[1] + aside * across[1]),
  ];
  const thickness = wide * 0.17;
  const parts: { readonly path: readonly Point[]; readonly thickness: number }[] = [
    { path: [place(0.62, 0.02), place(1.3, 0.55)], thickness: wide * 0.42 },
    { path: [place(0.3, -0.08), place(0.5, 0.12)], thickness: wide * 0.62 },
    { path: [place(0.35, 0.1), between(place(0.1, 0.4), place(0.0, 0.3), 0.5)], thickness: thickness * 1.1 },
  ];
  for (let finger = 0; finger < FINGERS; finger += 1) {
    const aside = -0.28 + finger * 0.17;
    const reach = -0.32 - 0.12 * Math.sin(((finger + 1) / (FINGERS + 1)) * Math.PI) - 0.05 * random();
    parts.push({ path: [place(0.35, aside), place(reach, aside + 0.05 * random())], thickness });
  }
  for (const { path, thickness: own } of parts) {
    const shadow = strokeOf(path, own * 1.12, picture);
    const body = strokeOf(path, own, picture);
    paint(picture, shadow, () => skin.map((value) => value * 0.6) as unknown as Colour, 0.6);
    paint(picture, body, (x, y) => {
      const grain = 1 + 0.04 * Math.sin(x * 0.9 + y * 0.5) - 0.05 * ((y - mouth[1]) / wide);
      return [
        level((skin[0] as number) * grain),
        level((skin[1] as number) * grain),
        level((skin[2] as number) * grain),
      ];
    });
  }
  return { ...face, picture };
};
