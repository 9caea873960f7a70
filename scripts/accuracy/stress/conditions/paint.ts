import type { Colour, Point, Rgb } from './face.js';

/** How much of each pixel of a rectangle something covers, 0–1. */
export interface Cover {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly shares: Float32Array;
}

/** Lines and columns that each pixel is looked at on. */
const FINE = 3;

export const copyOf = (picture: Rgb): Rgb => ({ ...picture, data: picture.data.slice() });

const emptyCover = (points: readonly Point[], margin: number, { width, height }: Rgb): Cover => {
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const left = Math.max(0, Math.floor(Math.min(...xs) - margin));
  const top = Math.max(0, Math.floor(Math.min(...ys) - margin));
  const right = Math.min(width, Math.ceil(Math.max(...xs) + margin));
  const bottom = Math.min(height, Math.ceil(Math.max(...ys) + margin));
  const size = { width: Math.max(0, right - left), height: Math.max(0, bottom - top) };
  return { left, top, ...size, shares: new Float32Array(size.width * size.height) };
};

/** Where a closed polygon lies (even–odd rule), edges smoothed. */
export const insideOf = (polygon: readonly Point[], picture: Rgb): Cover => {
  const cover = emptyCover(polygon, 1, picture);
  const { left, top, width, height, shares } = cover;
  for (let line = 0; line < height * FINE; line += 1) {
    const y = top + (line + 0.5) / FINE;
    const crossings: number[] = [];
    polygon.forEach(([x1, y1], i) => {
      const [x0, y0] = polygon[(i + polygon.length - 1) % polygon.length] as Point;
      if (y1 > y !== y0 > y) crossings.push(x1 + ((y - y1) / (y0 - y1)) * (x0 - x1));
    });
    crossings.sort((a, b) => a - b);
    const row = Math.floor(line / FINE) * width;
    for (let pair = 0; pair + 1 < crossings.length; pair += 2) {
      const from = Math.max(0, Math.round(((crossings[pair] as number) - left) * FINE));
      const to = Math.min(width * FINE, Math.round(((crossings[pair + 1] as number) - left) * FINE));
      for (let i = from; i < to; i += 1) (shares[row + Math.floor(i / FINE)] as number) += 1 / (FINE * FINE);
    }
  }
  return cover;
};

/** Where a stroke along points lies, with round ends. */
export const strokeOf = (path: readonly Point[], thickness: number, picture: Rgb): Cover => {
  const radius = thickness / 2;
  const cover = emptyCover(path, radius + 1, picture);
  const { left, top, width, height, shares } = cover;
  for (let row = 0; row < height; row += 1)
    for (let column = 0; column < width; column += 1) {
      const nearest = distanceTo(path, left + column + 0.5, top + row + 0.5);
      shares[row * width + column] = Math.min(1, Math.max(0, radius + 0.5 - nearest));
    }
  return cover;
};

const distanceTo = (path: readonly Point[], x: number, y: number): number => {
  let nearest = Number.POSITIVE_INFINITY;
  for (let i = 1; i < path.length; i += 1) {
    const [ax, ay] = path[i - 1] as Point;
    const [bx, by] = path[i] as Point;
    const [dx, dy] = [bx - ax, by - ay];
    const length = dx * dx + dy * dy;
    const along = length > 0 ? Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length)) : 0;
    nearest = Math.min(nearest, Math.hypot(x - ax - along * dx, y - ay - along * dy));
  }
  return nearest;
};

/** Paints what is covered; `colourAt` says the colour of a pixel. Changes the picture it is given. */
export const paint = (
  { width, data }: Rgb,
  cover: Cover,
  colourAt: (x: number, y: number) => Colour,
  opacity = 1,
): void => {
  for (let row = 0; row < cover.height; row += 1)
    for (let column = 0; column < cover.width; column += 1) {
      const share = Math.min(1, cover.shares[row * cover.width + column] as number) * opacity;
      if (share <= 0) continue;
      const [x, y] = [cover.left + column, cover.top + row];
      const colour = colourAt(x, y);
      const at = 3 * (y * width + x);
      for (let channel = 0; channel < 3; channel += 1) {
        const before = data[at + channel] as number;
        data[at + channel] = level(before + share * ((colour[channel] as number) - before));
      }
    }
};

/** A level that fits into a byte. */
export const level = (value: number): number => Math.min(255, Math.max(0, Math.round(value)));

/** The mean colour of a square around a point. */
export const colourAround = ({ width, height, data }: Rgb, [x, y]: Point, radius: number): Colour => {
  const sums = [0, 0, 0];
  let count = 0;
  for (let row = Math.max(0, Math.round(y - radius)); row <= Math.min(height - 1, Math.round(y + radius)); row += 1)
    for (let at = Math.max(0, Math.round(x - radius)); at <= Math.min(width - 1, Math.round(x + radius)); at += 1) {
      for (let channel = 0; channel < 3; channel += 1)
        (sums[channel] as number) += data[3 * (row * width + at) + channel] as number;
      count += 1;
    }
  const mean = (channel: number): number => (count === 0 ? 128 : (sums[channel] as number) / count);
  return [mean(0), mean(1), mean(2)];
};

/** Two numbers in [0, 1) made into one of the normal distribution. */
export const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
