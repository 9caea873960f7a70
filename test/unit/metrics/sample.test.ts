import { describe, expect, it } from 'vitest';
import { moodOf, samplesOf } from '../../../src/metrics/sample.js';
import { face, frame, scores } from './faces.js';

describe('samplesOf', () => {
  it('takes recognised faces only and counts the faces of the same role', () => {
    const samples = samplesOf(
      frame(5, [
        face({ trackId: 'a' }),
        face({ trackId: 'b', rejected: 'yaw' }),
        face({ trackId: 'c' }),
        face({ trackId: 's', role: 'seller' }),
      ]),
    );
    expect(samples.map(({ trackId, facesInFrame }) => [trackId, facesInFrame])).toEqual([
      ['a', 2],
      ['c', 2],
      ['s', 1],
    ]);
  });

  it('reports the smoothed expression and keeps the raw one beside it', () => {
    const raw = scores({ happiness: 90 });
    const [sample] = samplesOf(frame(0, [face({ emotions: raw, smoothed: scores({ happiness: 30 }) })]));
    expect(sample?.emotions.happiness).toBe(30);
    expect(sample?.rawEmotions.happiness).toBe(90);
    expect(sample?.mood).toBe(65);
  });
});

describe('moodOf', () => {
  it.each([
    ['neutral', scores({}), 50],
    ['all happiness', scores({ happiness: 100 }), 100],
    ['all negative', scores({ anger: 40, disgust: 20, fear: 10, sadness: 30 }), 0],
    ['surprise counts for nothing', scores({ surprise: 100 }), 50],
    ['half and half', scores({ happiness: 50, sadness: 50 }), 50],
  ])('%s', (_, emotions, mood) => {
    expect(moodOf(emotions)).toBeCloseTo(mood, 12);
  });
});
