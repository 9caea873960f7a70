import { EMOTIONS, type Emotion, type EmotionScores } from '../../contracts/emotion.js';

export type EmotionSums = Record<Emotion, number>;

/** Zero for every emotion. */
export const noEmotions = (): EmotionSums => ({
  happiness: 0,
  surprise: 0,
  anger: 0,
  disgust: 0,
  fear: 0,
  sadness: 0,
  neutral: 0,
});

/** Sums divided by their number; the caller sees to `count` > 0. */
export const meanEmotions = (sums: Readonly<EmotionSums>, count: number): EmotionScores => {
  const means = noEmotions();
  for (const emotion of EMOTIONS) means[emotion] = sums[emotion] / count;
  return means;
};
