import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EMOTIONS } from '../../../../../src/contracts/emotion.js';
import {
  calibrated,
  decodeFloats,
  encodeFloats,
  ExpressionHead,
  type StoredHead,
} from '../../../../../src/inference/describe/expression/expression-head.js';
import {
  FEATURE_COUNT,
  headFeatures,
  LEARNT_COUNT,
} from '../../../../../src/inference/describe/expression/head-features.js';

const plain: StoredHead['calibration'] = { happiness: { slope: 1, offset: 0 }, temperature: 1 };
const logits = fc.array(fc.double({ min: -30, max: 30, noNaN: true }), { minLength: 7, maxLength: 7 });

describe('calibrated scores', () => {
  it('without a calibration are the softmax', () => {
    fc.assert(
      fc.property(logits, (values) => {
        const scores = calibrated(values, plain);
        const top = Math.max(...values);
        const total = values.reduce((sum, value) => sum + Math.exp(value - top), 0);
        EMOTIONS.forEach((name, index) => {
          expect(scores[name]).toBeCloseTo((100 * Math.exp((values[index] ?? 0) - top)) / total, 6);
        });
      }),
    );
  });

  it('sum to 100, rise with the own logit, and Happiness does not depend on the temperature of the others', () => {
    fc.assert(
      fc.property(
        logits,
        fc.double({ min: 0.2, max: 3, noNaN: true }),
        fc.double({ min: -2, max: 2, noNaN: true }),
        fc.double({ min: 0.5, max: 2, noNaN: true }),
        (values, slope, offset, temperature) => {
          const calibration = { happiness: { slope, offset }, temperature };
          const scores = calibrated(values, calibration);
          expect(EMOTIONS.reduce((sum, name) => sum + scores[name], 0)).toBeCloseTo(100, 6);
          expect(scores.happiness).toBe(calibrated(values, { ...calibration, temperature: 1 }).happiness);
          const [happy = 0, ...rest] = values;
          expect(calibrated([happy + 1, ...rest], calibration).happiness).toBeGreaterThanOrEqual(scores.happiness);
        },
      ),
    );
  });
});

describe('expression head', () => {
  const stored = (weights: readonly number[], normalisation = [1, 0, 2, 1]): StoredHead => ({
    format: 2,
    features: 2,
    normalisation: encodeFloats(Float32Array.from(normalisation)),
    weights: encodeFloats(Float32Array.from(weights)),
    calibration: plain,
  });

  it('normalises, limits and weighs as written by hand', () => {
    // Feature 0: (x − 1) · 2, feature 1: x; feature 0 speaks for happiness (3), feature 1 for neutral (1); constant of anger 0.5.
    const head = new ExpressionHead(
      stored([3, 0, 0, 0, 0, 0, 0, /**/ 0, 0, 0, 0, 0, 0, 1, /**/ 0, 0, 0.5, 0, 0, 0, 0]),
    );
    expect([...head.logits(Float32Array.of(1.5, -2))]).toEqual([3, 0, 0.5, 0, 0, 0, -2]);
    // 100 spreads from the mean are held at 4.
    expect([...head.logits(Float32Array.of(51, 0))]).toEqual([12, 0, 0.5, 0, 0, 0, 0]);
  });

  it('floats survive their text form', () => {
    fc.assert(
      fc.property(fc.float32Array({ noNaN: true }), (values) => {
        expect([...decodeFloats(encodeFloats(values))]).toEqual([...values]);
      }),
    );
  });

  it.each([
    ['missing', null],
    ['not JSON', '{'],
    ['another format', JSON.stringify({ ...stored(new Array<number>(21).fill(0)), format: 1 })],
    ['too few weights', JSON.stringify(stored([1, 2, 3]))],
  ])('a file that is %s is refused with MODEL_INTEGRITY', async (_, text) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'emoscope-head-'));
    const file = path.join(folder, 'head.json');
    if (text !== null) await writeFile(file, text);
    await expect(ExpressionHead.load(file)).rejects.toMatchObject({ code: 'MODEL_INTEGRITY' });
    await rm(folder, { recursive: true });
  });

  it('the shipped head reads feature vectors of the length the reader makes', async () => {
    const head = await ExpressionHead.load();
    const scores = head.scores(new Float32Array(FEATURE_COUNT));
    expect(EMOTIONS.reduce((sum, name) => sum + scores[name], 0)).toBeCloseTo(100, 4);
    for (const name of EMOTIONS) expect(Number.isFinite(scores[name])).toBe(true);
  });
});

describe('head features', () => {
  it('are band means of each channel, then the log-probabilities in the product’s order', () => {
    const emotion = new Float32Array(256 * 8);
    emotion.set([0, 0, 0, 8, 8, 0, 0, 0], 0);
    const expression = new Float32Array(256 * 7).fill(2);
    // The network answers neutral, happiness, sadness, anger, fear, disgust, surprise.
    const features = headFeatures(emotion, expression, Float32Array.of(0, 20, 0, 0, 0, 0, 0));
    expect(features.length).toBe(FEATURE_COUNT);
    // Rows 8/3 … 16/3 are the middle third: all of rows 3 and 4, a third of rows 2 and 5.
    expect(features[0]).toBe(0);
    expect(features[1]).toBeCloseTo(16 / (8 / 3), 5);
    expect(features[2]).toBe(0);
    expect(features[256 * 3]).toBeCloseTo(2, 5);
    expect(features[LEARNT_COUNT]).toBeCloseTo(Math.log(1.001), 4);
    expect(features[LEARNT_COUNT + 6]).toBeCloseTo(Math.log(1e-3), 2);
  });
});
