import type { CountObservation } from '../../contracts/observation.js';
import type { HeldRows } from '../../store/ports/row-sink.js';
import type { SampledFrame } from '../../metrics/faces/sample.js';
import type { FrameCount, Sample, TrackSummary } from '../../contracts/sample.js';

/** Where the numbers of one analysed frame go; live it is the store and the contacts, offline a collection. */
export interface NumbersSink {
  numbers(numbers: FrameNumbers): void;
  /** Visitors who were in view when their stream came to its end. */
  ended(tracks: readonly TrackSummary[]): void;
  /** What counters counted. */
  counted(facts: readonly CountObservation[]): void;
  /** Rows of a frame that waits, to be kept apart until its numbers come, instead of those kept under `insteadOf`; nobody needs to keep them. */
  hold?(rows: HeldRows, insteadOf?: string): void;
}

/** Everything one analysed frame added. */
export interface FrameNumbers {
  readonly result: SampledFrame;
  readonly samples: readonly Sample[];
  /** This frame's rows. */
  readonly frames: readonly FrameCount[];
  /** Visitors whose track ended. */
  readonly tracks: readonly TrackSummary[];
  /** The key under which the frame was held last. */
  readonly decided?: string;
}
