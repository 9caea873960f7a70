import { EMOTIONS, type Emotion } from './emotion.js';
import type { Period } from './period.js';
import type { Role } from './role.js';

export type { Figure } from './figure.js';

export const AGE_BUCKETS = ['-20', '20-30', '30-40', '40-50', '50+'] as const;
export type AgeBucket = (typeof AGE_BUCKETS)[number];

/**
 * Readings of the Smile-Index: `face` samples ≥ T ÷ samples; `person` visitors with at least a quarter of their samples
 * ≥ T ÷ visitors; `frame` samples ≥ T ÷ frames with faces (above 1 in a crowd); `level` mean Happiness ÷ T.
 */
export const SMILE_READINGS = ['face', 'person', 'frame', 'level'] as const;
export type SmileReading = (typeof SMILE_READINGS)[number];

/** What a МЭ-1 report covers. Times are epoch ms UTC, half-open [from, to). */
export interface Me1Params {
  readonly fromTs: number;
  readonly toTs: number;
  /** Empty or absent: every stream. */
  readonly streams?: readonly string[] | undefined;
  readonly role?: Role | undefined;
  readonly zoneId?: string | undefined;
  /** T, 0–100. */
  readonly threshold: number;
  /** Faces whose shorter side is below this many source pixels do not count. */
  readonly minFacePx?: number | undefined;
  /**
   * Frames with faces count faces of any size although `minFacePx` is asked, and the reading `frame` is withheld: which
   * people of one size met in a frame would tell them apart where small groups are guarded.
   */
  readonly framesOfAnySize?: boolean;
  /** Reading of the Smile-Index. */
  readonly smileIndex: SmileReading;
}

/**
 * The ratios Σy ÷ Σx that a report prints with an interval, and what y and x are per track:
 * `face` y = samples with Happiness ≥ T, x = samples;
 * `person` y = 1 where at least a quarter of the visit's samples are ≥ T, else 0, x = 1, for each visit that began in the
 * period, whole visits alone (so that a visitor counts once, whatever the periods);
 * `frame` y = samples with Happiness ≥ T, x = Σ 1/facesInFrame (so that Σx = frames with faces);
 * `male` y = samples with gender ≥ 0.5, x = samples with a gender; each age bucket likewise over samples with an age;
 * each emotion and `mood` y = sum of the value, x = samples.
 */
export const RATIO_NAMES = ['face', 'person', 'frame', 'male', ...AGE_BUCKETS, ...EMOTIONS, 'mood'] as const;
export type RatioName = (typeof RATIO_NAMES)[number];

/** Σ over tracks of one ratio's per-track totals y and x and of their products. */
export interface RatioMoments {
  readonly y: number;
  readonly x: number;
  readonly yy: number;
  readonly xy: number;
  readonly xx: number;
  /** Tracks with x > 0. */
  readonly m: number;
}

/**
 * Second moments over tracks. For R = Σy ÷ Σx the linearised variance is m/(m−1) · (Σy² − 2RΣxy + R²Σx²) ÷ (Σx)² with
 * m = (Σx)² ÷ Σx² effective tracks, so these sums suffice and add up.
 */
export interface ClusterMoments {
  /** Tracks with at least one counted sample. */
  readonly tracks: number;
  readonly ratios: Readonly<Record<RatioName, RatioMoments>>;
}

/**
 * Mergeable sums of one stream and role: adding two aggregates of disjoint periods gives the aggregate of their union
 * (a track that crosses the border counts as two clusters, which touches the intervals alone).
 * Everything the report prints is a function of these sums.
 */
export interface Me1Aggregate {
  readonly streamId: string;
  readonly role: Role;
  readonly analysedFrames: number;
  /** Analysed frames with at least one counted face of this role (and zone, and size, unless `framesOfAnySize`). */
  readonly framesWithFaces: number;
  readonly samples: number;
  /** Samples with Happiness ≥ T. */
  readonly absolute: number;
  readonly emotionSums: Readonly<Record<Emotion, number>>;
  readonly moodSum: number;
  /** Samples with gender ≥ 0.5 and below; those with null are in neither. */
  readonly male: number;
  readonly female: number;
  /** Samples with an age, by half-open bucket. */
  readonly ages: Readonly<Record<AgeBucket, number>>;
  readonly clusters: ClusterMoments;
}

/** Sums of one time bucket, stream and role: what the three charts are drawn from. */
export interface SeriesSums {
  /** Start of the bucket, epoch ms UTC. */
  readonly ts: number;
  readonly streamId: string;
  readonly role: Role;
  readonly analysedFrames: number;
  readonly framesWithFaces: number;
  readonly samples: number;
  readonly absolute: number;
  readonly happinessSum: number;
  /** Visits that began in the bucket, and those of them with at least a quarter of their samples ≥ T. */
  readonly visitors: number;
  readonly smilingVisitors: number;
}

/** All sums of one time bucket, stream and role; those of whole days make the day the unit of a report over several. */
export interface BucketSums extends SeriesSums {
  readonly emotionSums: Readonly<Record<Emotion, number>>;
  readonly moodSum: number;
  readonly male: number;
  readonly female: number;
  readonly ages: Readonly<Record<AgeBucket, number>>;
}

/** How often a camera's frames were counted again because it has several visitors' roles; taken off what is said of it. */
export interface FrameRepeats {
  readonly streamId: string;
  readonly analysedFrames: number;
  readonly framesWithFaces: number;
}

/** Points of a chart that are asked for. */
export interface SeriesRequest extends Period {
  /** Empty: every stream. */
  readonly streams: readonly string[];
  /** null: every role. */
  readonly role: Role | null;
  /** T, 0–100. */
  readonly threshold: number;
  readonly smileIndex: SmileReading;
  readonly bucketMs: number;
}
