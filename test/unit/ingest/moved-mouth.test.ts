import { expect, it } from 'vitest';
import { movedMouth } from '../../../src/ingest/demo/moved-mouth.js';

const [WIDTH, HEIGHT] = [200, 160];
const MOUTH = { x: 100, y: 90 };
const EYES = { x: 60, y: 0 };
/** A bright line across the mouth on a dark face. */
const data = Uint8Array.from({ length: WIDTH * HEIGHT }, (_, i) => (Math.floor(i / WIDTH) === MOUTH.y ? 255 : 20));

/** The row in which the line is brightest in a column. */
const lineAt = (picture: Uint8Array, x: number): number =>
  Array.from({ length: HEIGHT }, (_, y) => picture[y * WIDTH + x] ?? 0).reduce(
    (best, level, y, levels) => (level > (levels[best] ?? 0) ? y : best),
    0,
  );

it('moves the corners of a mouth up for a smile, down for its opposite, and nothing else', () => {
  const picture = { data, width: WIDTH, height: HEIGHT, channels: 1 };
  const [left, right] = [100 - 25, 100 + 25];
  for (const [amount, sign] of [
    [1.5, -1],
    [-1.5, 1],
  ] as const) {
    const moved = movedMouth(picture, MOUTH, EYES, amount);
    for (const x of [left, right]) expect(Math.sign(lineAt(moved, x) - MOUTH.y)).toBe(sign);
    for (const x of [0, WIDTH - 1]) expect(lineAt(moved, x)).toBe(MOUTH.y);
    expect(moved.subarray(0, WIDTH * 10)).toEqual(data.subarray(0, WIDTH * 10));
  }
  expect(movedMouth(picture, MOUTH, EYES, 0)).toEqual(data);
});

it('stays inside a picture that ends beside the mouth', () => {
  const picture = { data, width: WIDTH, height: HEIGHT, channels: 1 };
  expect(movedMouth(picture, { x: 2, y: 158 }, EYES, 2)).toHaveLength(data.length);
});
