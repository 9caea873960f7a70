import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EMOTIONS, type Emotion, type EmotionScores } from '../../../../../src/contracts/emotion.js';
import { AttributePool } from '../../../../../src/inference/streams/tracker/attribute-pool.js';
import { EmotionSmoother } from '../../../../../src/inference/streams/tracker/emotion-smoother.js';
import { TrackMemory } from '../../../../../src/inference/streams/tracker/track-memory.js';

const only = (emotion: Emotion): EmotionScores =>
  Object.fromEntries(EMOTIONS.map((name) => [name, name === emotion ? 100 : 0])) as Record<Emotion, number>;

describe('emotion smoother', () => {
  it('moves 63 % of the way in one time constant, whatever the frame rate', () => {
    for (const fps of [1, 2, 5, 10, 30]) {
      const smoother = new EmotionSmoother(1000);
      smoother.update(0, only('neutral'));
      let last = only('neutral');
      for (let frame = 1; frame <= fps; frame += 1) last = smoother.update((1000 * frame) / fps, only('happiness'));
      expect(last.happiness).toBeCloseTo(100 * (1 - Math.exp(-1)), 9);
    }
  });

  it('keeps the sum at 100 and every value between the extremes seen', () => {
    const scores = fc
      .array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 7, maxLength: 7 })
      .map((raw) => {
        const sum = raw.reduce((a, b) => a + b, 0);
        return Object.fromEntries(EMOTIONS.map((name, i) => [name, (100 * (raw[i] ?? 0)) / sum])) as Record<
          Emotion,
          number
        >;
      });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(2000), scores), { minLength: 1 }), fc.nat(1000), (frames, constantMs) => {
        const smoother = new EmotionSmoother(constantMs);
        let now = 0;
        for (const [step, raw] of frames) {
          const result = smoother.update((now += step), raw);
          expect(EMOTIONS.reduce((sum, name) => sum + result[name], 0)).toBeCloseTo(100, 6);
          for (const name of EMOTIONS) {
            const seen = frames.map(([, value]) => value[name]);
            expect(result[name]).toBeGreaterThanOrEqual(Math.min(...seen) - 1e-9);
            expect(result[name]).toBeLessThanOrEqual(Math.max(...seen) + 1e-9);
          }
        }
      }),
    );
  });

  it('is switched off by a time constant of 0 and survives a step back in time', () => {
    const off = new EmotionSmoother(0);
    off.update(0, only('neutral'));
    expect(off.update(0, only('fear'))).toEqual(only('fear'));
    const back = new EmotionSmoother(300);
    back.update(1000, only('neutral'));
    expect(back.update(900, only('fear'))).toEqual(only('neutral'));
  });
});

describe('attribute pool', () => {
  it.each([
    ['nothing seen', [], { age: null, gender: null }],
    ['too unsure of the gender', [{ age: 30, male: 0.6, quality: 0.8 }], { age: 30, gender: null }],
    ['sure', [{ age: 30, male: 0.9, quality: 0.8 }], { age: 30, gender: 0.9 }],
    [
      'values that are not numbers are left out',
      [{ age: Number.NaN, male: 0.9, quality: 0.8 }],
      { age: null, gender: null },
    ],
  ])('%s', (_, observations, expected) => {
    const pool = new AttributePool();
    for (const one of observations) pool.add(one);
    const { age, gender } = pool.result();
    expect(age).toBe(expected.age);
    if (expected.gender === null) expect(gender).toBeNull();
    else expect(gender).toBeCloseTo(expected.gender, 9);
  });

  it('is not turned by a few bad frames', () => {
    const pool = new AttributePool();
    for (let i = 0; i < 6; i += 1) pool.add({ age: 30 + i * 0.1, male: 0.95, quality: 0.8 });
    pool.add({ age: 75, male: 0.02, quality: 0.2 });
    pool.add({ age: 3, male: 0.02, quality: 0.2 });
    const { age, gender } = pool.result();
    expect(age).toBeGreaterThan(29);
    expect(age).toBeLessThan(31);
    expect(gender).toBeGreaterThan(0.9);
  });

  it('keeps the best frames and asks only for better ones once it is full', () => {
    const pool = new AttributePool({ keep: 3 });
    for (const quality of [0.2, 0.9, 0.5, 0.6]) {
      expect(pool.wants(quality)).toBe(true);
      pool.add({ age: 100 * quality, male: 0.9, quality });
    }
    expect(pool.wants(0.5)).toBe(false);
    expect(pool.wants(0.58)).toBe(true);
    expect(pool.result().age).toBe(60);
  });

  it('stays within what was observed', () => {
    const one = fc.record({
      age: fc.double({ min: 1, max: 90, noNaN: true }),
      male: fc.double({ min: 0.001, max: 0.999, noNaN: true }),
      quality: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 20 }), (observations) => {
        const pool = new AttributePool({ genderConfidence: 0.5 });
        for (const observation of observations) pool.add(observation);
        const { age, gender } = pool.result();
        expect(age).toBeGreaterThanOrEqual(Math.min(...observations.map((o) => o.age)));
        expect(age).toBeLessThanOrEqual(Math.max(...observations.map((o) => o.age)));
        expect(gender).toBeGreaterThanOrEqual(Math.min(...observations.map((o) => o.male)) - 1e-9);
        expect(gender).toBeLessThanOrEqual(Math.max(...observations.map((o) => o.male)) + 1e-9);
      }),
    );
  });
});

describe('track memory', () => {
  it('keeps tracks apart and forgets them entirely', () => {
    const memory = new TrackMemory({ smoothingMs: 300 });
    memory.express('a', 0, only('happiness'), null);
    expect(memory.express('b', 100, only('anger'), null).smoothed).toEqual(only('anger'));
    memory.addAttributes('a', { age: 40, male: 0.95, quality: 1 });
    expect(memory.attributes('b')).toEqual({ age: null, gender: null });
    expect(memory.attributes('a').age).toBe(40);
    memory.forget(['a', 'b', 'never seen']);
    expect(memory.size).toBe(0);
    expect(memory.attributes('a')).toEqual({ age: null, gender: null });
    expect(memory.express('a', 200, only('fear'), null).smoothed).toEqual(only('fear'));
  });
});
