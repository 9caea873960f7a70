import type { DoorCounts } from '../events.js';
import type { RejectReason } from '../face.js';

/** Cumulative counts of observations: `counts[i]` are those ≤ `bounds[i]`, `count` is all of them. */
export interface HistogramData {
  readonly bounds: readonly number[];
  readonly counts: readonly number[];
  readonly sum: number;
  readonly count: number;
}

/** How full a bounded queue is. */
export interface QueueLevel {
  readonly items: number;
  readonly capacity: number;
}

/** What /metrics shows beyond the stream states; all counters since the process started. */
export interface Telemetry {
  /** Frame arrival to sample per stream, seconds. */
  readonly latencySeconds: Readonly<Record<string, HistogramData>>;
  /** Recognised faces per stream. */
  readonly faces: Readonly<Record<string, number>>;
  /** Rejected faces per stream and reason. */
  readonly rejected: Readonly<Record<string, Readonly<Partial<Record<RejectReason, number>>>>>;
  /** Per stage (`detect`, `mesh`, `expression`, `age-gender`, `store` …), seconds. */
  readonly stageSeconds: Readonly<Record<string, HistogramData>>;
  readonly batchSizes: Readonly<Record<string, HistogramData>>;
  /** What each counter has seen today, by stream. */
  readonly doors: Readonly<Record<string, DoorCounts>>;
  readonly storeRows: Readonly<Record<string, number>>;
  readonly storeRowsLost: number;
  readonly store: {
    readonly commits: number;
    readonly failedCommits: number;
    /** How long the last commit took; null before the first. */
    readonly lastCommitSeconds: number | null;
    readonly fileBytes: number;
    readonly walBytes: number;
    readonly freeBytes: number;
    readonly memoryBytes: number;
  };
  /** Every bounded queue between the stages, by name. */
  readonly queues: Readonly<Record<string, QueueLevel>>;
}
