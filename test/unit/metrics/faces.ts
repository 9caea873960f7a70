import type { EmotionScores } from '../../../src/contracts/emotion.js';
import type { TrackedFace } from '../../../src/contracts/face.js';
import { sampled, type SampledFrame } from '../../../src/metrics/faces/sample.js';

/** Scores that sum to 100: what is not named is neutral. */
export const scores = (named: Partial<EmotionScores>): EmotionScores => {
  const zero = { happiness: 0, surprise: 0, anger: 0, disgust: 0, fear: 0, sadness: 0, neutral: 0 };
  const rest = 100 - Object.values(named).reduce((sum, value) => sum + value, 0);
  return { ...zero, neutral: rest, ...named };
};

/** A recognised adult's face in the middle of the picture, looking at the camera, with the given differences. */
export const face = (over: Partial<TrackedFace> = {}): TrackedFace => {
  const emotions = over.emotions ?? scores({});
  return {
    trackId: 'a',
    box: { x: 0.4, y: 0.3, width: 0.2, height: 0.3 },
    score: 0.9,
    sizePx: 120,
    emotions,
    smoothed: emotions,
    age: null,
    gender: null,
    pose: { yaw: 0, pitch: 0, roll: 0 },
    attention: true,
    quality: 0.9,
    rejected: null,
    zoneId: null,
    role: 'customer',
    ...over,
  };
};

export const frame = (
  ts: number,
  faces: readonly TrackedFace[],
  streamId = 'cam',
  endedTracks: readonly string[] = [],
): SampledFrame => sampled({ streamId, seq: 0, ts, width: 960, height: 540, faces, endedTracks, latencyMs: 10 });
