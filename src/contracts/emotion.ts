/** The seven visible expressions, in the order every array, histogram and table of the product uses. */
export const EMOTIONS = ['happiness', 'surprise', 'anger', 'disgust', 'fear', 'sadness', 'neutral'] as const;

export type Emotion = (typeof EMOTIONS)[number];

/** Percentages 0–100 that sum to 100; never clamped, rounded or invented before output. */
export type EmotionScores = Readonly<Record<Emotion, number>>;
