import { EMOTIONS, type EmotionScores } from '../../contracts/emotion.js';
import type { FaceFrame, SharedPicture } from '../engine-port.js';
import { laplacianVariance } from '../quality/sharpness.js';
import type { ExpressionHead } from './expression-head.js';
import { EMOTION_CHANNELS, EMOTION_ROWS, EXPRESSION_CHANNELS, EXPRESSION_ROWS, headFeatures } from './head-features.js';
import { sampleGrey } from './sample-grey.js';

/** A network with input memory for a batch; the one thing the reader needs of a runtime. */
interface RowsNetwork {
  batch(count: number): { readonly data: Float32Array; readonly stride: number };
  run<K extends string>(count: number, outputs: readonly K[]): Promise<Readonly<Record<K, Float32Array>>>;
}

/** The two networks whose feature maps are read; both publish `rows` (their last maps averaged over the width). */
export interface ReaderNetworks {
  /** `emotion` of @vladmandic/human: grey, 64², value ÷ 127.5 − 1. */
  readonly emotion: RowsNetwork;
  /** `face_expression` of @vladmandic/face-api: 112², (value − mean) ÷ 255. */
  readonly expression: RowsNetwork;
}

/** One face: the picture it is in, and where. */
export interface ReadableFace {
  readonly picture: SharedPicture;
  readonly frame: FaceFrame;
  readonly mirrored?: boolean;
}

const EMOTION_SIZE = 64;
const EMOTION_FACTOR = 1.4;
/** Side of the levelled grey crop that sharpness is measured on, too. */
const EXPRESSION_SIZE = 112;
const EXPRESSION_FACTOR = 1.1;
const MEANS = [122.782, 117.001, 104.298] as const;

/** Luma 0–255 to −1…1. */
const normalise = (luma: Float32Array, target: Float32Array, at: number): void => {
  for (let p = 0; p < luma.length; p += 1) target[at + p] = (luma[p] as number) * (1 / 127.5) - 1;
};

/** Luma 0–255 to three planes without their channel's mean. */
const removeMeans = (luma: Float32Array, target: Float32Array, at: number): void => {
  const plane = luma.length;
  const [red, green, blue] = MEANS;
  for (let p = 0; p < plane; p += 1) {
    const value = luma[p] as number;
    target[at + p] = (value - red) * (1 / 255);
    target[at + p + plane] = (value - green) * (1 / 255);
    target[at + p + 2 * plane] = (value - blue) * (1 / 255);
  }
};

/** What was read from one face. */
export interface FaceReading {
  readonly features: Float32Array;
  /** Variance of the Laplacian of the levelled crop, 112² luma values 0–255. */
  readonly sharpness: number;
}

/**
 * Reads expressions from levelled grey crops. Grey, because the colour of a film still or of a shop's lamps says nothing
 * about a smile, and a head trained on few pictures would learn it.
 */
export class FaceReader {
  private readonly narrow = new Float32Array(EXPRESSION_SIZE * EXPRESSION_SIZE);
  private readonly wide = new Float32Array(EMOTION_SIZE * EMOTION_SIZE);

  constructor(
    private readonly networks: ReaderNetworks,
    private readonly head: ExpressionHead | null,
  ) {}

  /** Features of each face, in order, in one run per network. */
  async read(faces: readonly ReadableFace[]): Promise<FaceReading[]> {
    if (faces.length === 0) return [];
    const { emotion, expression } = this.networks;
    const small = emotion.batch(faces.length);
    const large = expression.batch(faces.length);
    const sharpness = faces.map((face, i) => {
      this.cutOut(face);
      normalise(this.wide, small.data, i * small.stride);
      removeMeans(this.narrow, large.data, i * large.stride);
      return laplacianVariance(this.narrow, EXPRESSION_SIZE, EXPRESSION_SIZE);
    });
    const { rows: emotionRows } = await emotion.run(faces.length, ['rows'] as const);
    const { rows: expressionRows, logits } = await expression.run(faces.length, ['rows', 'logits'] as const);
    const emotionLength = EMOTION_CHANNELS * EMOTION_ROWS;
    const expressionLength = EXPRESSION_CHANNELS * EXPRESSION_ROWS;
    return sharpness.map((variance, i) => ({
      features: headFeatures(
        emotionRows.subarray(i * emotionLength, (i + 1) * emotionLength),
        expressionRows.subarray(i * expressionLength, (i + 1) * expressionLength),
        logits.subarray(i * EMOTIONS.length, (i + 1) * EMOTIONS.length),
      ),
      sharpness: variance,
    }));
  }

  /** Fills both crops. */
  private cutOut({ picture, frame, mirrored = false }: ReadableFace): void {
    sampleGrey(picture, frame, { factor: EXPRESSION_FACTOR, mirrored }, EXPRESSION_SIZE, this.narrow);
    sampleGrey(picture, frame, { factor: EMOTION_FACTOR, mirrored }, EMOTION_SIZE, this.wide);
  }

  /** Percentages of a reading. */
  scores({ features }: FaceReading): EmotionScores {
    if (this.head === null) throw new Error('This reader was made without a head.');
    return this.head.scores(features);
  }
}
