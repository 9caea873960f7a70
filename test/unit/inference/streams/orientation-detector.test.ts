import { describe, expect, it } from 'vitest';
import type { FoundFace } from '../../../../src/inference/engine/port.js';
import { turnOf, OrientationDetector } from '../../../../src/inference/streams/orientation-detector.js';
import type { QuarterTurn } from '../../../../src/inference/pixels/rotated-picture.js';

/** A face whose head is turned clockwise by `degrees`: its left eye lies that way from the right one. */
const face = (degrees: number): FoundFace => {
  const angle = (degrees * Math.PI) / 180;
  const points = [100, 100, 100 + 40 * Math.cos(angle), 100 + 40 * Math.sin(angle)];
  return { box: { x: 80, y: 80, width: 80, height: 80 }, score: 0.9, points };
};

describe('a picture that lies on its side', () => {
  it.each([
    [0, 0],
    [20, 0],
    [90, 270],
    [-90, 90],
    [180, 180],
    [-170, 180],
    [45, null],
  ])('a head turned by %d° wants a turn of %s°', (head, turn) => {
    expect(turnOf(face(head))).toBe(turn);
  });

  it('is named when its faces lie on their side, by five moments that agree', () => {
    const sense = new OrientationDetector();
    for (let n = 0; n < 4; n += 1) sense.seen([face(90)], n * 1000);
    expect(sense.suggested).toBeNull();
    sense.seen([face(92)], 4000);
    expect(sense.suggested).toBe(270);
  });

  it('is named when faces are found in its turned copies alone', () => {
    const sense = new OrientationDetector();
    const tried: QuarterTurn[] = [];
    for (let ts = 0; ts < 120_000; ts += 200) {
      sense.seen([], ts);
      const turn = sense.due(ts);
      if (turn === null) continue;
      tried.push(turn);
      sense.looked(turn, turn === 270 ? [face(0)] : [], ts);
    }
    expect(sense.suggested).toBe(270);
    expect(tried.slice(0, 3)).toEqual([90, 270, 270]);
  });

  it('is not one in which people stand upright, lean, or in which one lies down', () => {
    const sense = new OrientationDetector();
    for (let n = 0; n < 40; n += 1) {
      sense.seen([face(n % 5 === 0 ? 90 : (n % 7) * 8 - 24)], n * 1000);
      expect(sense.suggested).toBeNull();
      expect(sense.due(n * 1000)).toBeNull();
    }
  });

  it('an empty shop is looked at in turned copies once in five seconds', () => {
    const sense = new OrientationDetector();
    let looks = 0;
    for (let ts = 0; ts < 60_000; ts += 100) {
      sense.seen([], ts);
      const turn = sense.due(ts);
      if (turn === null) continue;
      looks += 1;
      sense.looked(turn, [], ts);
    }
    expect(looks).toBe(9);
    expect(sense.suggested).toBeNull();
  });
});
