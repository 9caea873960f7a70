import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { EMOTIONS, type Emotion, type EmotionScores } from '../../../contracts/emotion.js';
import { EmoscopeError } from '../../../runtime/errors.js';

/** The head that ships with the product. */
export const HEAD_PATH = fileURLToPath(new URL('../../../../models/expression-head/head.json', import.meta.url));

const headSchema = z.strictObject({
  format: z.literal(2),
  features: z.int().min(1),
  /** float32, base64: means, then inverse spreads of the features. */
  normalisation: z.string(),
  /** float32, base64: one row of 7 weights per feature (order of EMOTIONS), then the 7 constants. */
  weights: z.string(),
  calibration: z.strictObject({
    /** Happiness: sigmoid(slope × margin over the others + offset). */
    happiness: z.strictObject({ slope: z.number(), offset: z.number() }),
    /** The other six share the rest: softmax(logit ÷ temperature). */
    temperature: z.number().min(0.01),
  }),
});

/** A head as it is stored. */
export type StoredHead = z.output<typeof headSchema>;

/** float32 values as base64. */
export const encodeFloats = (values: Float32Array): string =>
  Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64');

/** The values of `encodeFloats`. */
export const decodeFloats = (text: string): Float32Array => {
  const bytes = Buffer.from(text, 'base64');
  return Float32Array.from({ length: Math.floor(bytes.length / 4) }, (_, index) => bytes.readFloatLE(4 * index));
};

/** Features beyond this many spreads from their mean are held there: an odd picture must not shout. */
export const FEATURE_LIMIT = 4;

const CLASSES = EMOTIONS.length;
const HAPPINESS = EMOTIONS.indexOf('happiness');

/** Logits (order of EMOTIONS) to percentages: Happiness by its own calibrated curve, the rest shared by the others. */
export const calibrated = (logits: ArrayLike<number>, calibration: StoredHead['calibration']): EmotionScores => {
  const others = EMOTIONS.flatMap((name, index) =>
    name === 'happiness' ? [] : [{ name, logit: logits[index] as number }],
  );
  const top = Math.max(...others.map(({ logit }) => logit));
  const logSum = top + Math.log(others.reduce((sum, { logit }) => sum + Math.exp(logit - top), 0));
  const margin = (logits[HAPPINESS] as number) - logSum;
  const { happiness, temperature } = calibration;
  const happy = 1 / (1 + Math.exp(-(happiness.slope * margin + happiness.offset)));
  const shares = others.map(({ name, logit }) => ({ name, share: Math.exp((logit - top) / temperature) }));
  const total = shares.reduce((sum, { share }) => sum + share, 0);
  const scores = { happiness: 100 * happy } as Record<Emotion, number>;
  for (const { name, share } of shares) scores[name] = (100 * (1 - happy) * share) / total;
  return scores;
};

/** Our own small classifier on frozen features: multinomial logistic regression with calibrated output. */
export class ExpressionHead {
  private readonly normalisation: Float32Array;
  private readonly weights: Float32Array;

  constructor(private readonly stored: StoredHead) {
    this.normalisation = decodeFloats(stored.normalisation);
    this.weights = decodeFloats(stored.weights);
    const { features } = stored;
    if (this.normalisation.length !== 2 * features || this.weights.length !== (features + 1) * CLASSES)
      throw new EmoscopeError('MODEL_INTEGRITY', 'The expression head has values of the wrong number.');
  }

  /** Reads a head; MODEL_INTEGRITY when the file is missing, malformed or of the wrong size. */
  static async load(file: string = HEAD_PATH): Promise<ExpressionHead> {
    try {
      return new ExpressionHead(headSchema.parse(JSON.parse(await readFile(file, 'utf8'))));
    } catch (cause) {
      if (cause instanceof EmoscopeError) throw cause;
      throw new EmoscopeError('MODEL_INTEGRITY', 'The expression head is missing or damaged.', { cause });
    }
  }

  /** Uncalibrated logits in the order of EMOTIONS. */
  logits(features: Float32Array): Float32Array {
    const { normalisation, weights } = this;
    const count = this.stored.features;
    const logits = weights.slice(count * CLASSES);
    for (let i = 0; i < count; i += 1) {
      const raw = ((features[i] as number) - (normalisation[i] as number)) * (normalisation[count + i] as number);
      const value = Math.max(-FEATURE_LIMIT, Math.min(FEATURE_LIMIT, raw));
      const at = i * CLASSES;
      for (let k = 0; k < CLASSES; k += 1) logits[k] = (logits[k] as number) + value * (weights[at + k] as number);
    }
    return logits;
  }

  scores(features: Float32Array): EmotionScores {
    return calibrated(this.logits(features), this.stored.calibration);
  }
}
