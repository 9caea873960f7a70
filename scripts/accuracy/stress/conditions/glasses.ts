import {
  between,
  type Colour,
  type Condition,
  type MeshedFace,
  meanOf,
  type Point,
  pointOf,
  pointsOf,
} from './face.js';
import { copyOf, insideOf, paint, strokeOf } from './paint.js';

const RIGHT_EYE = [33, 133, 159, 145];
const LEFT_EYE = [263, 362, 386, 374];
const FRAMES: readonly Colour[] = [
  [20, 20, 22],
  [60, 36, 24],
  [130, 130, 138],
  [40, 50, 90],
];
const CORNERS = 28;

/** A rounded rectangle around an eye, turned as the face is. */
const lensOf = ([x, y]: Point, half: Point, turn: Point): Point[] =>
  Array.from({ length: CORNERS }, (_, i): Point => {
    const angle = (2 * Math.PI * i) / CORNERS;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const across = Math.sign(cos) * Math.abs(cos) ** 0.6 * half[0];
    const down = Math.sign(sin) * Math.abs(sin) ** 0.6 * half[1];
    return [x + across * turn[0] - down * turn[1], y + across * turn[1] + down * turn[0]];
  });

/** Spectacles: frames of several colours and strengths; `tint` is how dark the lenses may be, 0–1. */
export const glasses =
  (tint = 0.25): Condition =>
  (face, random) => {
    const picture = copyOf(face.picture);
    const [right, left] = [meanOf(pointsOf(face, RIGHT_EYE)), meanOf(pointsOf(face, LEFT_EYE))];
    const apart = Math.hypot(left[0] - right[0], left[1] - right[1]);
    const turn: Point = [(left[0] - right[0]) / apart, (left[1] - right[1]) / apart];
    const half: Point = [apart * (0.34 + 0.06 * random()), apart * (0.24 + 0.1 * random())];
    const frame = FRAMES[Math.floor(random() * FRAMES.length)] as Colour;
    const thickness = apart * (0.03 + 0.06 * random());
    const darkness = tint * random();
    const lenses = [right, left].map((eye) => lensOf(eye, half, turn));
    for (const lens of lenses) {
      paint(picture, insideOf(lens, picture), () => [25, 25, 28], darkness);
      paint(picture, strokeOf([...lens, lens[0] as Point], thickness, picture), () => frame);
    }
    const nose = (eye: Point, other: Point): Point => between(eye, other, half[0] / apart);
    paint(picture, strokeOf([nose(right, left), nose(left, right)], thickness, picture), () => frame);
    for (const [eye, ear] of earsOf(face, right, left)) {
      const hinge = between(eye, ear, Math.min(1, half[0] / Math.hypot(ear[0] - eye[0], ear[1] - eye[1])));
      paint(picture, strokeOf([hinge, ear], thickness * 0.8, picture), () => frame);
    }
    return { ...face, picture };
  };

const earsOf = (face: MeshedFace, right: Point, left: Point): readonly (readonly [Point, Point])[] => [
  [right, pointOf(face, 127)],
  [left, pointOf(face, 356)],
];
