import type { EmotionScores } from './emotion.js';
import type { DropReason } from './frame.js';
import type { Role } from './role.js';

/** Rectangle as fractions (0–1) of the frame's width and height; may reach a little outside the frame. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Head pose relative to the camera, degrees. Yaw > 0: the face turns to the picture's right; pitch > 0: up; roll > 0: clockwise in the picture. */
export interface Pose {
  readonly yaw: number;
  readonly pitch: number;
  readonly roll: number;
}

/**
 * Why a detected face does not count as recognised (the quality gate of docs/metrics.md); `still`: it does not live
 * (poster, screen); `stays`: it has been in view for more than half an hour; `covered`: something is before its mouth (a
 * mask, a hand), so that its expression and its age would be guessed.
 */
export const REJECT_REASONS = [
  'size',
  'score',
  'sharpness',
  'yaw',
  'pitch',
  'occlusion',
  'covered',
  'still',
  'stays',
] as const;

export type RejectReason = (typeof REJECT_REASONS)[number];

/** One followed face in one analysed frame. */
export interface TrackedFace {
  /** Random, lives only as long as the track. */
  readonly trackId: string;
  readonly box: Box;
  /** Detector confidence 0–1. */
  readonly score: number;
  /** Shorter side of the box in source pixels. */
  readonly sizePx: number;
  /** Expression of this frame alone, without what speech adds to it. */
  readonly emotions: EmotionScores;
  /** Per-track exponentially smoothed expression. */
  readonly smoothed: EmotionScores;
  /** The mouth moves as in speech. Absent: it does not, or is not measured. */
  readonly talking?: boolean;
  /** Years, or null while undecided. */
  readonly age: number | null;
  /** P(male) 0–1, or null below the stated confidence. */
  readonly gender: number | null;
  readonly pose: Pose;
  /** |yaw| and |pitch| within the stream's attention limits. */
  readonly attention: boolean;
  /** 0–1, higher is better; from size, sharpness, pose and detector score. */
  readonly quality: number;
  /** null: the face is recognised; else the first limit it failed. */
  readonly rejected: RejectReason | null;
  /** Whether it lives is not known yet: its frames wait for the verdict before they count. Absent: it is known. */
  readonly unsure?: boolean;
  /** Zone whose polygon holds the box centre, or null outside every zone. */
  readonly zoneId: string | null;
  /** The zone's role, else the stream's. */
  readonly role: Role;
}

/** One followed person of whom nothing but the place in the picture is known. */
export interface TrackedBody {
  /** Random, lives only as long as the track. */
  readonly trackId: string;
  readonly box: Box;
  /** Detector confidence 0–1. */
  readonly score: number;
}

/** What one analysed frame showed; the message that crosses from inference to metrics. */
export interface FrameResult {
  readonly streamId: string;
  readonly seq: number;
  /** Capture time, epoch ms UTC. */
  readonly ts: number;
  readonly width: number;
  readonly height: number;
  /** Every tracked face of this frame, recognised or not. */
  readonly faces: readonly TrackedFace[];
  /** People of whom only the place is known, where the stream is a counter; such a frame has no faces. */
  readonly bodies?: readonly TrackedBody[];
  /** Tracks that ended with this frame (no longer continued, not even after a gap). */
  readonly endedTracks: readonly string[];
  /** Frame arrival to result, ms. */
  readonly latencyMs: number;
}

/** A frame that was given up, and why. */
export interface FrameDrop {
  readonly streamId: string;
  readonly seq: number;
  readonly reason: DropReason;
}
