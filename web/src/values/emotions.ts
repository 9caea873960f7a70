import type { Emotion, EmotionScores } from '../../../src/contracts/emotion.js';

/** Display order of the expressions. */
export const EMOTIONS = [
  'happiness',
  'surprise',
  'anger',
  'disgust',
  'fear',
  'sadness',
  'neutral',
] as const satisfies readonly Emotion[];

/** The strongest expression and its percentage. */
export const dominant = (scores: EmotionScores): { emotion: Emotion; percent: number } => {
  let best: Emotion = 'neutral';
  for (const emotion of EMOTIONS) if (scores[emotion] > scores[best]) best = emotion;
  return { emotion: best, percent: scores[best] };
};
