import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TrackedBody } from '../../../../src/contracts/face.js';
import { LineCrossing, type CounterLine, type Point } from '../../../../src/metrics/counts/line-crossing.js';
import { seeded } from '../../../fixtures/seeded.js';

const ASPECT = 16 / 9;
const WIDTH = 0.1;
const HEIGHT = 0.4;
/** From left to right, so that inside is below it. */
const ACROSS: CounterLine = [
  [0.2, 0.5],
  [0.8, 0.5],
];

const body = (trackId: string, [x, y]: Point): TrackedBody => ({
  trackId,
  box: { x: x - WIDTH / 2, y: y - HEIGHT / 2, width: WIDTH, height: HEIGHT },
  score: 0.7,
});

/** Walks one body along points, and gives every direction in which it passed. */
const walk = (line: CounterLine, ...points: readonly Point[]) => {
  const crossing = new LineCrossing(line);
  return points.flatMap((point) => crossing.passed([body('a', point)], ASPECT));
};

/** Straight from one point to another, both included. */
const between = ([x1, y1]: Point, [x2, y2]: Point, steps = 10): Point[] =>
  Array.from({ length: steps + 1 }, (_, n) => [x1 + ((x2 - x1) * n) / steps, y1 + ((y2 - y1) * n) / steps]);

const ABOVE: Point = [0.5, 0.3];
const BELOW: Point = [0.5, 0.7];

describe('a line', () => {
  it('is passed inwards from its left to its right, seen from the first point to the second, and outwards back', () => {
    expect(walk(ACROSS, ...between(ABOVE, BELOW))).toEqual(['in']);
    expect(walk(ACROSS, ...between(BELOW, ABOVE))).toEqual(['out']);
    const [from, to] = ACROSS;
    expect(walk([to, from], ...between(ABOVE, BELOW))).toEqual(['out']);
  });

  it('stands as well as it lies', () => {
    const upright: CounterLine = [
      [0.5, 0.1],
      [0.5, 0.9],
    ];
    expect(walk(upright, ...between([0.7, 0.5], [0.3, 0.5]))).toEqual(['in']);
  });

  it('is passed once by who comes, stops on it, sways and goes on', () => {
    const sway = Array.from({ length: 60 }, (_, n): Point => [0.5, 0.5 + 0.02 * Math.sin(n)]);
    expect(walk(ACROSS, ...between(ABOVE, [0.5, 0.5]), ...sway, ...between([0.5, 0.5], BELOW))).toEqual(['in']);
  });

  it('is not passed by who turns back on it, nor by who loiters there', () => {
    expect(walk(ACROSS, ...between(ABOVE, [0.5, 0.51]), ...between([0.5, 0.51], ABOVE))).toEqual([]);
    expect(walk(ACROSS, ...Array.from({ length: 100 }, (_, n): Point => [0.3 + n / 250, 0.5]))).toEqual([]);
  });

  it('is passed as often as somebody really goes to and fro', () => {
    const there = between(ABOVE, BELOW);
    expect(walk(ACROSS, ...there, ...there.toReversed(), ...there)).toEqual(['in', 'out', 'in']);
  });

  it('ends where it ends: who goes round it has not passed, whoever brushes the post has', () => {
    expect(walk(ACROSS, ...between([0.05, 0.3], [0.05, 0.7]))).toEqual([]);
    expect(walk(ACROSS, ...between([0.19, 0.3], [0.19, 0.7]))).toEqual(['in']);
  });

  it('is passed by a track that was lost while it went over', () => {
    expect(walk(ACROSS, [0.5, 0.2], [0.5, 0.3], [0.5, 0.72])).toEqual(['in']);
  });

  it('is passed by nothing that was seen but twice', () => {
    expect(walk(ACROSS, ABOVE, BELOW)).toEqual([]);
  });

  it('knows one body from another, and forgets those that are gone', () => {
    const crossing = new LineCrossing(ACROSS);
    const both = between(ABOVE, BELOW).map((point, n) =>
      crossing.passed([body('a', point), body('b', between(BELOW, ABOVE)[n] ?? BELOW)], ASPECT),
    );
    expect(both.flat().sort()).toEqual(['in', 'out']);
    crossing.forget(['a', 'b']);
    expect(between(BELOW, BELOW, 5).flatMap((point) => crossing.passed([body('a', point)], ASPECT))).toEqual([]);
  });

  it('is passed inwards and outwards in turn, whatever the way', () => {
    const point = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }));
    fc.assert(
      fc.property(fc.array(point, { minLength: 3, maxLength: 60 }), (points) => {
        const whole: CounterLine = [
          [-10, 0.5],
          [10, 0.5],
        ];
        const passed = walk(whole, ...points);
        passed.forEach((direction, n) => n > 0 && expect(direction).not.toBe(passed[n - 1]));
      }),
      seeded('line crossing', 300),
    );
  });
});
