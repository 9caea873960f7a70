import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EMOTIONS, type EmotionScores } from '../../../../../src/contracts/emotion.js';
import { Speech, type Unspoken } from '../../../../../src/inference/streams/tracker/speech.js';

const face = (happiness: number): EmotionScores => ({
  happiness,
  ...{ surprise: 0, anger: 0, disgust: 0, fear: 0 },
  sadness: (100 - happiness) / 4,
  neutral: (3 * (100 - happiness)) / 4,
});

const heard = (frames: readonly { open: number | null; happiness: number }[], stepMs = 200, speed = 0): Unspoken[] => {
  const speech = new Speech();
  return frames.map(({ open, happiness }, i) =>
    speech.hear(
      1000 + stepMs * i,
      open === null ? null : { open, x: speed * i * stepMs, y: 0, size: 1000 },
      face(happiness),
    ),
  );
};

/** A mouth that goes to and fro, with a Happiness that goes with it. */
const talk = (happiness: (open: boolean) => number, count = 30) =>
  Array.from({ length: count }, (_, i) => ({ open: i % 2 === 0 ? 0.03 : 0.09, happiness: happiness(i % 2 === 1) }));

describe('speech', () => {
  it.each([125, 200, 250])('takes the teeth of speech out of Happiness, %i ms a frame', (stepMs) => {
    const said = heard(
      talk((open) => (open ? 60 : 5)),
      stepMs,
    );
    const later = said.slice(10);
    expect(later.every(({ talking }) => talking)).toBe(true);
    expect(Math.max(...later.map(({ steady }) => steady.happiness))).toBeLessThan(20);
    expect(Math.max(...later.map(({ raw }) => raw.happiness))).toBeLessThan(20);
  });

  it('leaves the laughter of somebody who talks', () => {
    const said = heard(talk((open) => (open ? 97 : 92)));
    expect(Math.min(...said.slice(10).map(({ steady }) => steady.happiness))).toBeGreaterThan(40);
  });

  it.each([
    ['a still face with a weak smile', Array.from({ length: 20 }, () => ({ open: 0.02, happiness: 25 }))],
    [
      'a face that opens its mouth to smile, and closes it again',
      Array.from({ length: 30 }, (_, i) => {
        const smiles = i >= 8 && i < 20;
        return { open: smiles ? 0.09 : 0.02, happiness: smiles ? 70 : 3 };
      }),
    ],
    ['a mouth that is not measured', Array.from({ length: 20 }, (_, i) => ({ open: null, happiness: 10 * (i % 7) }))],
  ])('does nothing to %s', (_, frames) => {
    heard(frames).forEach(({ raw, steady, talking }, i) => {
      expect(raw).toEqual(face(frames[i]?.happiness ?? 0));
      expect(steady).toEqual(raw);
      expect(talking).toBe(false);
    });
  });

  it('reads nothing from the mouth of somebody who walks by', () => {
    const frames = talk((open) => (open ? 60 : 5));
    heard(frames, 200, 0.8).forEach(({ steady, talking }, i) => {
      expect(steady).toEqual(face(frames[i]?.happiness ?? 0));
      expect(talking).toBe(false);
    });
  });

  it('forgets speech three seconds after the mouth has come to rest', () => {
    const frames = [...talk(() => 30), ...Array.from({ length: 18 }, () => ({ open: 0.02, happiness: 30 }))];
    const last = heard(frames).at(-1);
    expect(last?.talking).toBe(false);
    expect(last?.steady.happiness).toBeCloseTo(30);
  });

  it('always gives seven percentages of a hundred, and never more Happiness than was seen in these seconds', () => {
    const frame = fc.record({
      open: fc.option(fc.double({ min: -0.2, max: 0.6, noNaN: true })),
      happiness: fc.oneof(fc.constantFrom(0, 100), fc.double({ min: 0, max: 100, noNaN: true })),
    });
    fc.assert(
      fc.property(
        fc.array(frame, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 20, max: 900 }),
        (frames, step) => {
          heard(frames, step).forEach(({ raw, steady }, i) => {
            const most = Math.max(...frames.slice(0, i + 1).map(({ happiness }) => happiness));
            for (const scores of [raw, steady]) {
              expect(EMOTIONS.reduce((sum, name) => sum + scores[name], 0)).toBeCloseTo(100, 6);
              expect(Math.min(...EMOTIONS.map((name) => scores[name]))).toBeGreaterThanOrEqual(-1e-9);
              expect(scores.happiness).toBeLessThanOrEqual(most + 0.011);
            }
          });
        },
      ),
    );
  });
});
