import { EMOTIONS, type EmotionScores } from '../../../contracts/emotion.js';
import type { TurnedSquare } from '../../pixels/picture.js';
import type { SharedPicture } from '../../pixels/picture.js';
import { laplacianVariance } from '../../pixels/laplacian-variance.js';
import { evenExposure, halveGrey, takeMiddle } from '../../pixels/grey-squares.js';
import type { MouthReader, MouthReading } from '../mouth/mouth-reader.js';
import type { ExpressionHead } from './expression-head.js';
import { EMOTION_CHANNELS, EMOTION_ROWS, EXPRESSION_CHANNELS, EXPRESSION_ROWS, headFeatures } from './head-features.js';
import { cropLuma } from '../../pixels/luma-crop.js';

/** A network with input memory for a batch; the one thing the reader needs of a runtime. */
interface RowsNetwork {
  batch(count: number): { readonly data: Float32Array; readonly stride: number };
  run<K extends string>(count: number, outputs: readonly K[]): Promise<Readonly<Record<K, Float32Array>>>;
}

/** The two networks whose feature maps are read; both publish `rows` (their last maps averaged over the width). */
export interface ReaderNetworks {
  /** `emotion` of @vladmandic/human: 64², value ÷ 127.5 − 1. */
  readonly emotion: RowsNetwork;
  /** `face_expression` of @vladmandic/face-api for grey pictures: 112², (value − mean) ÷ 255. */
  readonly expression: RowsNetwork;
}

/** What is said from the features. */
export interface ReadOuts {
  readonly head: ExpressionHead;
  readonly mouths: MouthReader;
}

/** One face: the picture it is in, and where. */
export interface ReadableFace {
  readonly picture: SharedPicture;
  readonly frame: TurnedSquare;
  readonly mirrored?: boolean;
}

/** A face is cut out once; this much of the picture, in sides of its frame. The factor was found by cross-validation (docs/accuracy.md). */
const LEVEL_SIZE = 128;
const LEVEL_FACTOR = 1.6;
/** The face itself, without what is around it: 88² of the crop. */
const FACE_EDGE = 20;
/** What the expression network sees; its mean is that of the network's three channel means, weighted like luma. */
const EXPRESSION = { size: LEVEL_SIZE, inner: 112, mean: 117.3 } as const;

/** What was read from one face. */
export interface FaceReading {
  readonly features: Float32Array;
  /** Variance of the Laplacian of the levelled face, 88² luma values 0–255. */
  readonly sharpness: number;
}

/**
 * Reads expressions from levelled grey crops. Grey, because the colour of a film still or of a shop's lamps says nothing
 * about a smile, and a head trained on few pictures would learn it.
 */
export class FaceReader {
  private readonly level = new Float32Array(LEVEL_SIZE * LEVEL_SIZE);

  constructor(
    private readonly networks: ReaderNetworks,
    /** null: features only. */
    private readonly readOuts: ReadOuts | null,
  ) {}

  /** Features of each face, in order, in one run per network. */
  async read(faces: readonly ReadableFace[]): Promise<FaceReading[]> {
    if (faces.length === 0) return [];
    const { emotion, expression } = this.networks;
    const small = emotion.batch(faces.length);
    const large = expression.batch(faces.length);
    const sharpness = faces.map(({ picture, frame, mirrored = false }, i) => {
      cropLuma(picture, frame, { factor: LEVEL_FACTOR, mirrored }, LEVEL_SIZE, this.level);
      const variance = laplacianVariance(this.level, LEVEL_SIZE, FACE_EDGE);
      // The networks know well lit faces and misread dark ones (docs/accuracy.md).
      evenExposure(this.level, LEVEL_SIZE, FACE_EDGE);
      halveGrey(this.level, LEVEL_SIZE, small.data, i * small.stride);
      takeMiddle(this.level, EXPRESSION, large.data, i * large.stride);
      return variance;
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

  /** Percentages of a reading, and its mouth. */
  say({ features }: FaceReading): { readonly emotions: EmotionScores; readonly mouth: MouthReading } {
    if (this.readOuts === null) throw new Error('This reader was made without read-outs.');
    const { head, mouths } = this.readOuts;
    return { emotions: head.scores(features), mouth: mouths.read(features) };
  }
}
