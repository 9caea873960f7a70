import type { Contact } from '../../contracts/contact.js';
import type { Observation } from '../../contracts/observation.js';
import type { FrameCount, Sample, TrackSummary } from '../../contracts/sample.js';
import type { CheckGroup } from '../../contracts/service/spot-check.js';

/** The rows of a frame of which something is still to be judged, as they will be unless one more face turns out not to live. */
export interface HeldRows {
  /** Names the frame; never used twice. */
  readonly key: string;
  readonly samples: readonly Sample[];
  readonly frames: readonly FrameCount[];
}

/** The kinds of rows that a store keeps, and what a row of each is. */
export interface StoredRows {
  readonly samples: Sample;
  /** Rows of the same second and place add up, so only a named batch is safe to repeat. */
  readonly frames: FrameCount;
  /** The last summary of a track and role wins. */
  readonly tracks: TrackSummary;
  /** The last version of a contact wins; bursts come with their contact. */
  readonly contacts: Contact;
  /** The same id and revision is one fact, and is never changed; of several revisions the highest counts. */
  readonly observations: Observation;
  /** The first of an id is kept, and one that shares a check with a kept one of its level is not. */
  readonly checkGroups: CheckGroup;
}

export const ROW_KINDS = ['samples', 'frames', 'tracks', 'contacts', 'observations', 'checkGroups'] as const;
export type RowKind = keyof StoredRows;
export type RowCounts = Readonly<Record<RowKind, number>>;

/** Rows by kind; every kind may be absent. */
export type RowsByKind = { readonly [Kind in RowKind]?: readonly StoredRows[Kind][] };

/** Rows to be kept; every field may be absent. */
export interface StoreBatch extends RowsByKind {
  /** A sender that may send a batch again names it; a name seen before (about an hour back) is not stored again. */
  readonly id?: string;
  /** Frames that wait: in no answer, and counted at the next start if the process dies before they are decided. */
  readonly held?: readonly HeldRows[];
  /** Keys of held frames that are decided or held anew: what counts of them comes in this batch. */
  readonly decided?: readonly string[];
}

/** Where rows go in. */
export interface RowSink {
  /** Takes rows without waiting; they are committed within a second. Never throws for a full disk. */
  append(batch: StoreBatch): void;
  /** Commits what waits; throws STORE_WRITE when the disk refuses. */
  flush(): Promise<void>;
}
