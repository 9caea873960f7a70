import type { EmotionScores } from './emotion.js';
import type { Box, Pose } from './face.js';
import type { AgeBucket } from './me1.js';
import type { Role } from './role.js';

/** A person in view for this long belongs to the place («постоянно в кадре»), not to the flow of visitors, ms; sellers are there all day. */
export const LONG_STAY_MS = 30 * 60_000;

/** One recognised face in one analysed frame (docs/metrics.md, "Sample"). */
export interface Sample {
  /** Capture time, epoch ms UTC. */
  readonly ts: number;
  readonly streamId: string;
  readonly zoneId: string | null;
  readonly role: Role;
  readonly trackId: string;
  /** Smoothed per track; reports use these. */
  readonly emotions: EmotionScores;
  /** Of this frame alone; contagion timing uses these. */
  readonly rawEmotions: EmotionScores;
  /** The mouth moves as in speech; not stored. */
  readonly talking?: boolean;
  /** 0–100, 50 is neutral. */
  readonly mood: number;
  readonly age: number | null;
  /** P(male). */
  readonly gender: number | null;
  readonly pose: Pose;
  readonly attention: boolean;
  readonly box: Box;
  readonly sizePx: number;
  readonly quality: number;
  /** Recognised faces of the same stream and role in this frame, itself included: 1/n of the frame is this sample's, so that frames with faces add up over tracks. */
  readonly facesInFrame: number;
}

/** In the place of a zone: how often the frames of a camera with several visitors' roles were counted again for another one. */
export const REPEATED_FRAMES = '*';

/**
 * Frames of one stream, role and second; `zoneId` null counts the faces of that role anywhere in the stream. Rows of the
 * same second add up.
 */
export interface FrameCount {
  /** Start of the second, epoch ms UTC. */
  readonly ts: number;
  readonly streamId: string;
  readonly role: Role;
  readonly zoneId: string | null;
  readonly analysed: number;
  /** Frames with at least one recognised face of this role (and zone). */
  readonly withFaces: number;
  /** Recognised faces. */
  readonly faces: number;
  /** Faces that did not live (posters, screens) and were left out; absent: none. */
  readonly still?: number;
  /** Frames that came more than a second after the one before: too late to follow people by; absent: none. */
  readonly late?: number;
}

/** One visitor: a track in one role, from first to last sample; a track that changes role gives one summary per role. */
export interface TrackSummary {
  readonly trackId: string;
  readonly streamId: string;
  /** Zone of most of its samples. */
  readonly zoneId: string | null;
  readonly role: Role;
  readonly startTs: number;
  readonly endTs: number;
  readonly samples: number;
  /** Σ 1/facesInFrame: this track's share of the frames with faces. */
  readonly frameShare: number;
  /** Samples per whole point of Happiness: 101 bins, bin k holds [k, k+1), bin 100 holds exactly 100. */
  readonly happinessHistogram: readonly number[];
  /** Mean over the track's samples. */
  readonly emotions: EmotionScores;
  readonly moodMean: number;
  readonly dwellMs: number;
  readonly attentionMs: number;
  /** Separate spells of attention. */
  readonly glances: number;
  readonly longestLookMs: number;
  /** Samples with gender ≥ 0.5, below it, and with an age by bucket: the per-track totals of the report's shares. */
  readonly maleSamples: number;
  readonly femaleSamples: number;
  readonly ageSamples: Readonly<Record<AgeBucket, number>>;
  /** Robust mean over the best-quality samples; gender is P(male). */
  readonly age: number | null;
  readonly gender: number | null;
}
