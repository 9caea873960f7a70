import type { ClockDoubt } from '../clock-doubt.js';
import type { RowCounts } from './row-sink.js';

export interface StoreHealth {
  /** `degraded`: the disk refuses; rows wait in the bounded buffer or are lost and counted. */
  readonly state: 'ok' | 'degraded' | 'closed';
  /** A sentence without a path, or null. */
  readonly reason: string | null;
  readonly lastCommitTs: number | null;
  readonly lastCommitMs: number | null;
  readonly commits: number;
  readonly failedCommits: number;
  readonly pending: RowCounts;
  /** Rows that may wait; the oldest go when there are more. */
  readonly maxPendingRows: number;
  /** Rows given up since the process started. */
  readonly lost: RowCounts;
  readonly stored: RowCounts;
  readonly schemaVersion: number;
  readonly rawFromTs: number | null;
  /** 0 for a memory store. */
  readonly fileBytes: number;
  readonly walBytes: number;
  /** Room left on the file's disk. */
  readonly freeBytes: number;
  /** What the engine holds in memory by its own count: blocks of the file, rows not yet folded into it; at most `memoryLimitMb`. */
  readonly memoryBytes: number;
  /** What the rows say against the machine's clock; null: nothing. */
  readonly clockDoubt: ClockDoubt | null;
}

export interface MaintenanceResult {
  readonly rolledSamples: number;
  readonly expiredSamples: number;
  readonly expiredRollups: number;
  readonly durationMs: number;
}

/** The store as a thing to be looked after. */
export interface Upkeep {
  /** Brings rollups up to date and applies the retention; runs by itself, and on demand. */
  maintain(): Promise<MaintenanceResult>;
  /** Writes a consistent copy while the store runs; the target must not exist. */
  backup(path: string): Promise<void>;
  /** What the rows say against the machine's clock; null: nothing. */
  clockDoubt(): Promise<ClockDoubt | null>;
  health(): StoreHealth;
  /** Commits what waits and lets the file go. */
  close(): Promise<void>;
}
