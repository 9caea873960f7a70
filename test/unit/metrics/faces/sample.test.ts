import { describe, expect, it } from 'vitest';
import { moodOf, rejudged, samplesOf } from '../../../../src/metrics/faces/sample.js';
import { face, frame, scores } from '../faces.js';

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

describe('rejudged', () => {
  const seen = frame(5, [
    face({ trackId: 'a', unsure: true }),
    face({ trackId: 'b' }),
    face({ trackId: 'c', rejected: 'yaw' }),
  ]);

  it('passes the samples on where the same faces are recognised', () => {
    const settled = seen.faces.map((one) => ({ ...one, unsure: false }));
    expect(rejudged(seen, settled).samples).toBe(seen.samples);
    const otherwise = seen.faces.map((one) => (one.trackId === 'c' ? { ...one, rejected: 'still' as const } : one));
    expect(rejudged(seen, otherwise).samples).toBe(seen.samples);
  });

  it('derives them anew where one is not any more, with the number of faces in the frame', () => {
    const without = seen.faces.map((one) => (one.trackId === 'a' ? { ...one, rejected: 'still' as const } : one));
    const judged = rejudged(seen, without);
    expect(judged.samples).toEqual(samplesOf({ ...seen, faces: without }));
    expect(judged.samples.map(({ trackId, facesInFrame }) => [trackId, facesInFrame])).toEqual([['b', 1]]);
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
