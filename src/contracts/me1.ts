import type { Emotion } from './emotion.js';
import type { Role } from './role.js';

export const AGE_BUCKETS = ['-20', '20-30', '30-40', '40-50', '50+'] as const;
export type AgeBucket = (typeof AGE_BUCKETS)[number];

/** What a МЭ-1 report covers. Times are epoch ms UTC, half-open [from, to). */
export interface Me1Params {
  readonly fromTs: number;
  readonly toTs: number;
  /** Empty or absent: every stream. */
  readonly streams?: readonly string[];
  readonly role?: Role;
  readonly zoneId?: string;
  /** T, 0–100. */
  readonly threshold: number;
  /** Faces whose shorter side is below this many source pixels do not count. */
  readonly minFacePx?: number;
  /** `share`: samples ≥ T ÷ frames with faces; `level`: mean Happiness ÷ T. */
  readonly smileIndex: 'share' | 'level';
}

/**
 * Mergeable sums of one stream and role: adding two aggregates of disjoint periods gives the aggregate of their union.
 * Everything the report prints is a function of these sums.
 */
export interface Me1Aggregate {
  readonly streamId: string;
  readonly role: Role;
  readonly analysedFrames: number;
  readonly framesWithFaces: number;
  readonly samples: number;
  /** Samples with Happiness ≥ T (exact, not from bins). */
  readonly absolute: number;
  readonly emotionSums: Readonly<Record<Emotion, number>>;
  readonly moodSum: number;
  readonly male: number;
  readonly female: number;
  readonly ages: Readonly<Record<AgeBucket, number>>;
  /** Second moments over tracks for the cluster-robust intervals; see metrics/statistics. */
  readonly clusters: ClusterMoments;
}

/**
 * Σ over tracks of products of per-track totals. For a ratio R = Σy ÷ Σx over m tracks the linearised variance is
 * m/(m−1) · (Σy² − 2RΣxy + R²Σx²) ÷ (Σx)², so these sums suffice and add up.
 */
export interface ClusterMoments {
  readonly tracks: number;
  /** Keyed by figure name: numerator y, denominator x, and their second moments. */
  readonly ratios: Readonly<Record<string, RatioMoments>>;
}

export interface RatioMoments {
  readonly y: number;
  readonly x: number;
  readonly yy: number;
  readonly xy: number;
  readonly xx: number;
}

/** A figure with its 95 % interval; null where nothing was measured. */
export interface Figure {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

export interface Me1Row {
  /** null in the total row. */
  readonly streamId: string | null;
  readonly name: string;
  readonly role: Role | null;
  readonly smileIndex: Figure;
  readonly absolute: number;
  readonly framesWithFaces: number;
  readonly analysedFrames: number;
  readonly malePercent: Figure;
  readonly femalePercent: Figure;
  readonly agePercent: Readonly<Record<AgeBucket, Figure>>;
  readonly emotions: Readonly<Record<Emotion, Figure>>;
  readonly mood: Figure;
  readonly samples: number;
  readonly visitors: number;
  readonly utilizationPercent: number | null;
}

/** One point of the report's three charts. */
export interface SeriesPoint {
  /** Start of the bucket, epoch ms UTC. */
  readonly ts: number;
  readonly streamId: string;
  readonly role: Role;
  readonly smileIndex: number | null;
  readonly absolute: number;
  readonly framesWithFaces: number;
  readonly analysedFrames: number;
  readonly samples: number;
}

export interface Me1Report {
  readonly params: Me1Params;
  readonly timeZone: string;
  readonly generatedTs: number;
  readonly rows: readonly Me1Row[];
  readonly total: Me1Row;
  readonly bucketMs: number;
  readonly series: readonly SeriesPoint[];
  /** Things the reader must know, in words: clock offsets, gaps, lost writes. */
  readonly notes: readonly { readonly ru: string; readonly en: string }[];
}
