import type { Box } from './box.js';

/** One followed person of whom nothing but the place in the picture is known. */
export interface TrackedBody {
  /** Random, lives only as long as the track. */
  readonly trackId: string;
  readonly box: Box;
  /** Detector confidence 0–1. */
  readonly score: number;
}
