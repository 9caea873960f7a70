import type { Condition, Rgb } from './face.js';
import { level } from './paint.js';

type Plane = Float32Array;

/** Mean over `2 · radius + 1` neighbours along one axis, the edge repeated; a broken radius counts the outermost in part. */
const boxed = (plane: Plane, width: number, height: number, radius: number, down: boolean): Plane => {
  const result = new Float32Array(plane.length);
  const [lines, length] = down ? [width, height] : [height, width];
  const [line, step] = down ? [1, width] : [width, 1];
  const whole = Math.floor(radius);
  const part = radius - whole;
  const total = 2 * radius + 1;
  for (let i = 0; i < lines; i += 1) {
    const at = (place: number): number => plane[i * line + Math.min(length - 1, Math.max(0, place)) * step] as number;
    let sum = 0;
    for (let place = -whole; place <= whole; place += 1) sum += at(place);
    for (let place = 0; place < length; place += 1) {
      result[i * line + place * step] = (sum + part * (at(place - whole - 1) + at(place + whole + 1))) / total;
      sum += at(place + whole + 1) - at(place - whole);
    }
  }
  return result;
};

/** Twice the mean along both axes: nearly a soft disc. */
export const blurredPlane = (plane: Plane, width: number, height: number, radius: number): Plane =>
  [false, true, false, true].reduce((blurred, down) => boxed(blurred, width, height, radius, down), plane);

const perChannel = (picture: Rgb, change: (plane: Plane) => Plane): Rgb => {
  const data = new Uint8Array(picture.data.length);
  for (let channel = 0; channel < 3; channel += 1) {
    const plane = Float32Array.from({ length: data.length / 3 }, (_, i) => picture.data[3 * i + channel] as number);
    change(plane).forEach((value, i) => (data[3 * i + channel] = level(value)));
  }
  return { ...picture, data };
};

/** Out of focus; `share` of the face's side is the reach of the blur. */
export const defocus =
  (share = 0.035): Condition =>
  (face) => {
    const { width, height } = face.picture;
    const radius = share * face.sidePx;
    return { ...face, picture: perChannel(face.picture, (plane) => blurredPlane(plane, width, height, radius)) };
  };

/** Moving across, or now and then up and down, by `share` of the face's side while the shutter is open. */
export const motionBlur =
  (share = 0.12): Condition =>
  (face, random) => {
    const { width, height } = face.picture;
    const down = random() < 0.25;
    const radius = (share * face.sidePx) / 2;
    return { ...face, picture: perChannel(face.picture, (plane) => boxed(plane, width, height, radius, down)) };
  };
