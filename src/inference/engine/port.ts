import type { FaceDescription, FaceShape } from '../describe/face-description.js';
import type { DropReason } from '../../contracts/frame.js';
import type { PixelBox, SharedPicture } from '../pixels/picture.js';
import type { HistogramData } from '../../contracts/service/telemetry.js';
import type { EngineInfo } from '../../contracts/service/models.js';

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

/** A face to be described, and whether age and gender are wanted this time. */
export interface FaceRequest {
  /** Around the face that was found; its size may be steadied. */
  readonly box: PixelBox;
  /** Those of the finding itself. */
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

/** Counters of one stream since it was opened. */
interface StreamInferenceStats {
  readonly analysed: number;
  readonly drops: Readonly<Record<DropReason, number>>;
}

/** What `stats()` shows. */
export interface InferenceStats {
  readonly engine: EngineStats;
  readonly streams: Readonly<Record<string, StreamInferenceStats>>;
  /** Live frames in work and waiting, with the most there may be of each. */
  readonly frames: {
    readonly working: number;
    readonly maxWorking: number;
    readonly waiting: number;
    readonly maxWaiting: number;
  };
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
