import type { EmotionScores } from '../contracts/emotion.js';
import type { Pose } from '../contracts/face.js';
import type { HistogramData } from '../runtime/histogram.js';
import type { EngineInfo } from '../contracts/models.js';

/** A picture in memory that other threads can read; row-major, `channels` bytes per pixel (1 grey, 3 RGB, 4 RGBA). */
export interface SharedPicture {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3 | 4;
  readonly data: Uint8Array;
}

/** Rectangle in pixels of the picture; may reach outside it. */
export interface PixelBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A detector's finding: box in pixels, confidence 0–1, six points (eyes, nose, mouth, ears) as x, y pairs in pixels. */
export interface FoundFace {
  readonly box: PixelBox;
  readonly score: number;
  readonly points: readonly number[];
}

export interface DetectJob {
  readonly streamId: string;
  readonly picture: SharedPicture;
  /** Where to look; each region is searched at the detector's own resolution. */
  readonly regions: readonly PixelBox[];
}

/** Where a face lies in the picture, turned with the head: the square its expression is read from. */
export interface FaceFrame {
  readonly centreX: number;
  readonly centreY: number;
  /** Side of the square, pixels: the width a detector's box has on a frontal face. */
  readonly sidePx: number;
  /** Clockwise turn of the head in the picture, radians. */
  readonly angleRad: number;
}

/** What the mesh says of a face: how it is turned, whether it is one, and where its expression is read. */
export interface FaceShape {
  readonly pose: Pose;
  /** Face mesh's confidence that it sees a whole face, 0–1. */
  readonly presence: number;
  /** In pixels of the picture. */
  readonly frame: FaceFrame;
}

/** A face to be described, and whether age and gender are wanted this time. */
export interface FaceRequest {
  readonly box: PixelBox;
  readonly points: readonly number[];
  readonly attributes: boolean;
  /** Carried over from an earlier frame, where that is as good as looking again. */
  readonly shape?: FaceShape | null;
}

export interface DescribeJob {
  readonly streamId: string;
  readonly picture: SharedPicture;
  readonly faces: readonly FaceRequest[];
}

/** What the networks say about one face of one frame. */
export interface FaceDescription {
  readonly emotions: EmotionScores;
  /** Years and P(male); null where they were not asked for. */
  readonly attributes: { readonly age: number; readonly male: number } | null;
  readonly pose: Pose;
  /** Face mesh's confidence that it sees a whole face, 0–1; null where no mesh ran. */
  readonly presence: number | null;
  /** What may be carried over to the next frames; null where no mesh ran on this one. */
  readonly shape: FaceShape | null;
  /** Points that a living face moves (life/figure.ts); absent where no mesh ran on this frame or the engine has none. */
  readonly figure?: Float32Array | undefined;
  /** Variance of the Laplacian of the 112 px crop; null where it was not measured. */
  readonly sharpness: number | null;
}

/** How long the runs of one stage took, seconds, and how many regions or faces each took at once. */
export interface StageRecord {
  readonly seconds: HistogramData;
  readonly batchSizes: HistogramData;
}

/** Counters of an engine since its start. */
export interface EngineStats {
  readonly detectRuns: number;
  readonly detectRegions: number;
  readonly describeRuns: number;
  readonly describedFaces: number;
  /** Of these, those the mesh looked at, and those whose age and gender were asked for. */
  readonly meshedFaces: number;
  readonly attributedFaces: number;
  /** Batches given up because a model returned values that are not finite. */
  readonly rejectedBatches: number;
  readonly workerRestarts: number;
  /** Whether work is taken; false while lost threads cannot be started again. */
  readonly available: boolean;
  /** Mean duration of a run in its worker, ms. */
  readonly detectMs: number;
  readonly describeMs: number;
  readonly stages: Readonly<Record<string, StageRecord>>;
}

/** Finds and describes faces off the event loop; keeps nothing about people between calls. */
export interface FaceEngine {
  info(): EngineInfo;
  stats(): EngineStats;
  /** Frames that may be worked on at once with profit. */
  readonly concurrency: number;
  /** Faces in the order of falling score. Rejects with ENGINE_OUTPUT, ENGINE_CLOSED. */
  detect(job: DetectJob): Promise<FoundFace[]>;
  /** One description per requested face, in order. Rejects with ENGINE_OUTPUT, ENGINE_CLOSED. */
  describe(job: DescribeJob): Promise<FaceDescription[]>;
  closeStream(streamId: string): void;
  close(): Promise<void>;
}
