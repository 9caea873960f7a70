import { describe, expect, it } from 'vitest';
import type { TrackedFace } from '../../../../src/contracts/face.js';
import { AttentionSpells } from '../../../../src/metrics/faces/attention-spells.js';
import { samplesOf } from '../../../../src/metrics/faces/sample.js';
import { TrackAccumulator, happinessBin } from '../../../../src/metrics/faces/track-accumulator.js';
import { face, frame, scores } from '../faces.js';

const feed = (tracks: TrackAccumulator, ts: number, ...faces: TrackedFace[]): void =>
  tracks.add(samplesOf(frame(ts, faces)));

describe('TrackAccumulator', () => {
  it('sums up a visitor when the track ends, and only then', () => {
    const tracks = new TrackAccumulator();
    feed(tracks, 0, face({ emotions: scores({ happiness: 10 }), age: 18, gender: 0.9 }));
    feed(tracks, 200, face({ emotions: scores({ happiness: 30.7 }), age: 22, gender: 0.4 }), face({ trackId: 'b' }));
    expect(tracks.end(['nobody'])).toEqual([]);
    const [summary, none] = tracks.end(['a']);
    expect(none).toBeUndefined();
    expect(summary).toMatchObject({ trackId: 'a', startTs: 0, endTs: 200, dwellMs: 200, samples: 2, frameShare: 1.5 });
    expect(summary).toMatchObject({ maleSamples: 1, femaleSamples: 1, age: 20, glances: 1, attentionMs: 200 });
    expect(summary?.ageSamples).toMatchObject({ '-20': 1, '20-30': 1 });
    expect(summary?.emotions.happiness).toBeCloseTo(20.35, 12);
    expect(summary?.happinessHistogram[30]).toBe(1);
    expect(summary?.happinessHistogram.reduce((sum, n) => sum + n, 0)).toBe(2);
    expect(tracks.flush().map(({ trackId }) => trackId)).toEqual(['b']);
    expect(tracks.open).toBe(0);
  });

  it('gives a track that changes its role one summary per role', () => {
    const tracks = new TrackAccumulator();
    feed(tracks, 0, face({ role: 'customer' }));
    feed(tracks, 200, face({ role: 'seller', zoneId: 'till' }));
    expect(tracks.end(['a']).map(({ role, zoneId, samples }) => [role, zoneId, samples])).toEqual([
      ['customer', null, 1],
      ['seller', 'till', 1],
    ]);
  });

  it('takes age and gender from the best samples and shrugs off outliers', () => {
    const tracks = new TrackAccumulator();
    for (let i = 0; i < 100; i += 1) {
      const poor = i % 2 === 0;
      const outlier = i % 20 === 1;
      feed(tracks, i * 200, face({ age: poor ? 70 : outlier ? 5 : 30, gender: 0.8, quality: poor ? 0.3 : 0.9 }));
    }
    const [summary] = tracks.flush();
    expect(summary?.age).toBe(30);
    expect(summary?.gender).toBeCloseTo(0.8, 12);
  });

  it.each([
    [0, 0],
    [19.999, 19],
    [20, 20],
    [99.99, 99],
    [100, 100],
  ])('puts Happiness %f into bin %i', (happiness, bin) => {
    expect(happinessBin(happiness)).toBe(bin);
  });
});

describe('AttentionSpells', () => {
  const spells = (pattern: string, stepMs = 200): AttentionSpells => {
    const attention = new AttentionSpells();
    Array.from(pattern).forEach((mark, i) => mark === ' ' || attention.add(i * stepMs, mark === '+'));
    return attention;
  };

  it.each([
    // pattern at 5 per second, attention ms, glances, longest look ms
    ['+++++', 800, 1, 800],
    ['-----', 0, 0, 0],
    ['++---------++', 600, 2, 400],
    ['+++-+++', 1000, 1, 1000], // a flicker of 200 ms does not end a look, nor does it count as looking
    ['+', 0, 1, 0],
    ['+                 +', 0, 2, 0], // 3.6 s unseen count for nothing
  ])('%s', (pattern, attentionMs, glances, longestLookMs) => {
    expect(spells(pattern)).toMatchObject({ attentionMs, glances, longestLookMs });
  });
});
