import type { FrameResult } from '../contracts/face.js';
import type { FrameCount, Sample, TrackSummary } from '../contracts/sample.js';

/** Where the numbers of one analysed frame go; live it is the store and the contacts, offline a collection. */
export interface NumbersSink {
  numbers(numbers: FrameNumbers): void;
}

/** Everything one analysed frame added. */
export interface FrameNumbers {
  readonly result: FrameResult;
  readonly samples: readonly Sample[];
  /** This frame's rows. */
  readonly frames: readonly FrameCount[];
  /** Visitors whose track ended. */
  readonly tracks: readonly TrackSummary[];
}
