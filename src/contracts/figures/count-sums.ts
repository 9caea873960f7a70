import type { Figure } from '../figure.js';
import type { Counter, Direction } from '../observation.js';

/** What was counted at one place, by one employee or nobody named, in one direction, in one bucket; sums of parts add up to those of the whole. */
export interface CountSums {
  /** Start of the bucket, epoch ms UTC. */
  readonly ts: number;
  readonly placeId: string;
  readonly counter: Counter;
  readonly employeeId: string | null;
  /** Which way they went; null: the counter does not tell. */
  readonly direction: Direction | null;
  /** Σ n, and of how many facts. */
  readonly n: number;
  readonly facts: number;
}

/** What one counter of a place shows of one direction over a period. */
export interface CountFigures {
  readonly placeId: string;
  readonly counter: Counter;
  readonly direction: Direction | null;
  /** How many, with the interval of a count of independent events; null for what was taken back below zero. */
  readonly count: Figure;
  readonly facts: number;
}
