import type { Bilingual } from '../contracts/bilingual.js';
import type { Emotion } from '../contracts/emotion.js';

/** Expressions as printed; the English names are those of the original report. */
export const EMOTION_WORDS: Readonly<Record<Emotion, Bilingual>> = {
  happiness: { ru: 'Счастье', en: 'Happiness' },
  surprise: { ru: 'Удивление', en: 'Surprise' },
  anger: { ru: 'Гнев', en: 'Anger' },
  disgust: { ru: 'Отвращение', en: 'Disgust' },
  fear: { ru: 'Страх', en: 'Fear' },
  sadness: { ru: 'Грусть', en: 'Sadness' },
  neutral: { ru: 'Нейтральное', en: 'Neutral' },
};
