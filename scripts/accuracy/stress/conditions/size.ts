import type { Condition, MeshedFace, Rgb } from './face.js';
import { level } from './paint.js';

/** A picture made smaller or larger: each new pixel is the mean of what it covers. */
export const scaledPicture = ({ width, height, data }: Rgb, newWidth: number, newHeight: number): Rgb => {
  const [across, down] = [sharesOf(width, newWidth), sharesOf(height, newHeight)];
  const rows = new Float32Array(newWidth * height * 3);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < newWidth; x += 1)
      for (const [from, share] of across[x] ?? [])
        for (let channel = 0; channel < 3; channel += 1)
          (rows[3 * (y * newWidth + x) + channel] as number) +=
            share * (data[3 * (y * width + from) + channel] as number);
  const scaled = new Uint8Array(newWidth * newHeight * 3);
  const sums = new Float32Array(newWidth * 3);
  for (let y = 0; y < newHeight; y += 1) {
    sums.fill(0);
    for (const [from, share] of down[y] ?? [])
      for (let i = 0; i < sums.length; i += 1) (sums[i] as number) += share * (rows[from * newWidth * 3 + i] as number);
    for (let i = 0; i < sums.length; i += 1) scaled[y * newWidth * 3 + i] = level(sums[i] as number);
  }
  return { width: newWidth, height: newHeight, channels: 3, data: scaled };
};

/** Which old pixels each new one is made of: its area when shrunk, its two neighbours when enlarged. */
const sharesOf = (from: number, to: number): (readonly [number, number])[][] =>
  Array.from({ length: to }, (_, i) => {
    const scale = from / to;
    const reach = Math.max(1, scale);
    const centre = (i + 0.5) * scale - 0.5;
    const weights: [number, number][] = [];
    for (let at = Math.ceil(centre - reach); at <= centre + reach; at += 1) {
      const weight = 1 - Math.abs(at - centre) / reach;
      if (weight > 0) weights.push([Math.min(from - 1, Math.max(0, at)), weight]);
    }
    const sum = weights.reduce((all, [, weight]) => all + weight, 0);
    return weights.map(([at, weight]) => [at, weight / sum] as const);
  });

/** The face with a box of this many pixels, and the whole picture with it. */
export const shrunkTo = (face: MeshedFace, sidePx: number): MeshedFace => {
  const { width, height } = face.picture;
  const wide = Math.max(1, Math.round((width * sidePx) / face.sidePx));
  const high = Math.max(1, Math.round((height * sidePx) / face.sidePx));
  const [across, down] = [wide / width, high / height];
  return {
    picture: scaledPicture(face.picture, wide, high),
    mesh: face.mesh.map((value, i) => value * (i % 3 === 1 ? down : across)),
    sidePx: face.sidePx * Math.sqrt(across * down),
  };
};

/** Smaller, as from farther away. */
export const shrink =
  (sidePx: number): Condition =>
  (face) =>
    shrunkTo(face, sidePx);

/** What lies around the face, at most `sides` of its box to each side of its middle. */
export const croppedTo = (face: MeshedFace, sides: number): MeshedFace => {
  const { picture, mesh, sidePx } = face;
  const middle = [0, 1].map((axis) => mesh.reduce((sum, value, i) => (i % 3 === axis ? sum + value : sum), 0) / 468);
  const [x = 0, y = 0] = middle;
  const left = Math.max(0, Math.round(x - sides * sidePx));
  const top = Math.max(0, Math.round(y - sides * sidePx));
  const width = Math.min(picture.width, Math.round(x + sides * sidePx)) - left;
  const height = Math.min(picture.height, Math.round(y + sides * sidePx)) - top;
  const data = new Uint8Array(width * height * 3);
  for (let row = 0; row < height; row += 1) {
    const from = 3 * ((top + row) * picture.width + left);
    data.set(picture.data.subarray(from, from + 3 * width), 3 * row * width);
  }
  const moved = mesh.map((value, i) => (i % 3 === 0 ? value - left : i % 3 === 1 ? value - top : value));
  return { picture: { width, height, channels: 3, data }, mesh: moved, sidePx };
};
