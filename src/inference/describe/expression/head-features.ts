import { EMOTIONS } from '../../../contracts/emotion.js';

/** What the head reads: each network's last feature maps, averaged over the picture's width, in three bands of height. */
export const EMOTION_CHANNELS = 256;
export const EMOTION_ROWS = 8;
export const EXPRESSION_CHANNELS = 256;
export const EXPRESSION_ROWS = 7;
const BANDS = 3;

/** Features a head learns its weights for. */
export const LEARNT_COUNT = (EMOTION_CHANNELS + EXPRESSION_CHANNELS) * BANDS;

/** Order in which the expression network answers. */
const ANSWERS = ['neutral', 'happiness', 'sadness', 'anger', 'fear', 'disgust', 'surprise'] as const;
const ANSWER_OF = EMOTIONS.map((name) => ANSWERS.indexOf(name));
/** Keeps the logarithm of a probability of 0 finite. */
const FLOOR = 1e-3;

/** Length of a feature vector: the learnt ones, then the expression network's own log-probabilities (order of EMOTIONS). */
export const FEATURE_COUNT = LEARNT_COUNT + EMOTIONS.length;

/** Means over `BANDS` equal bands of `rows` values; a row on a border counts for both by its share. */
const bandWeights = (rows: number): number[][] =>
  Array.from({ length: BANDS }, (_, band) => {
    const from = (band * rows) / BANDS;
    const to = ((band + 1) * rows) / BANDS;
    const parts = Array.from({ length: rows }, (__, row) => Math.max(0, Math.min(row + 1, to) - Math.max(row, from)));
    const total = parts.reduce((sum, part) => sum + part, 0);
    return parts.map((part) => part / total);
  });

const EMOTION_WEIGHTS = bandWeights(EMOTION_ROWS);
const EXPRESSION_WEIGHTS = bandWeights(EXPRESSION_ROWS);

const pool = (maps: Float32Array, weights: readonly (readonly number[])[], target: Float32Array, at: number): void => {
  const rows = weights[0]?.length ?? 1;
  const channels = maps.length / rows;
  let next = at;
  for (let channel = 0; channel < channels; channel += 1) {
    for (const band of weights) {
      let sum = 0;
      for (let row = 0; row < rows; row += 1) sum += (band[row] as number) * (maps[channel * rows + row] as number);
      target[next] = sum;
      next += 1;
    }
  }
};

/** The head's input for one face: the `rows` outputs (channels × rows) of the two networks and the expression network's logits. */
export const headFeatures = (
  emotionRows: Float32Array,
  expressionRows: Float32Array,
  logits: Float32Array,
): Float32Array => {
  const features = new Float32Array(FEATURE_COUNT);
  pool(emotionRows, EMOTION_WEIGHTS, features, 0);
  pool(expressionRows, EXPRESSION_WEIGHTS, features, EMOTION_CHANNELS * BANDS);
  const top = Math.max(...logits);
  const total = logits.reduce((sum, logit) => sum + Math.exp(logit - top), 0);
  ANSWER_OF.forEach((answer, index) => {
    features[LEARNT_COUNT + index] = Math.log(Math.exp((logits[answer] as number) - top) / total + FLOOR);
  });
  return features;
};
