import type { Contact } from '../../contracts/contact.js';
import type { FrameCount, Sample, TrackSummary } from '../../contracts/sample.js';

/** The rows of a frame of which something is still to be judged, as they will be unless one more face turns out not to live. */
export interface HeldRows {
  /** Names the frame; never used twice. */
  readonly key: string;
  readonly samples: readonly Sample[];
  readonly frames: readonly FrameCount[];
}

/** Rows to be kept; every field may be absent. */
export interface StoreBatch {
  /** A sender that may send a batch again names it; a name seen before (about an hour back) is not stored again. */
  readonly id?: string;
  readonly samples?: readonly Sample[];
  /** Rows of the same second add up, so only a named batch is safe to repeat. */
  readonly frames?: readonly FrameCount[];
  /** The last summary of a track wins. */
  readonly tracks?: readonly TrackSummary[];
  /** The last version of a contact wins; bursts come with their contact. */
  readonly contacts?: readonly Contact[];
  /** Frames that wait: in no answer, and counted at the next start if the process dies before they are decided. */
  readonly held?: readonly HeldRows[];
  /** Keys of held frames that are decided or held anew: what counts of them comes in this batch. */
  readonly decided?: readonly string[];
}

export const ROW_KINDS = ['samples', 'frames', 'tracks', 'contacts'] as const;
export type RowKind = (typeof ROW_KINDS)[number];
export type RowCounts = Readonly<Record<RowKind, number>>;

/** Where rows go in. */
export interface RowSink {
  /** Takes rows without waiting; they are committed within a second. Never throws for a full disk. */
  append(batch: StoreBatch): void;
  /** Commits what waits; throws STORE_WRITE when the disk refuses. */
  flush(): Promise<void>;
}
