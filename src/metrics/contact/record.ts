import type { EmotionScores } from '../../contracts/emotion.js';
import type { Reading } from './curves/curve.js';

/** The customer in one analysed frame of their camera; nulls where the face was not measured. */
export interface CustomerReading {
  readonly ts: number;
  readonly raw: EmotionScores | null;
  readonly smoothed: EmotionScores | null;
}

/** All that a contact is judged from. */
export interface ContactRecord {
  readonly id: string;
  readonly pointId: string;
  readonly startTs: number;
  readonly endTs: number;
  /** Every analysed frame of the customer view from `startTs` on, some past `endTs`. */
  readonly customer: readonly CustomerReading[];
  /** Seller's raw Happiness in every analysed frame of the seller view over the same time. */
  readonly seller: readonly Reading[];
}

/** Blue: surprise. */
export const blueOf = (e: EmotionScores): number => e.surprise;
/** Red: dissatisfaction. */
export const redOf = (e: EmotionScores): number => e.anger + e.disgust + e.fear + e.sadness;
/** What a negative burst is measured on: surprise counts as getting less than expected. */
export const negativeOf = (e: EmotionScores): number => blueOf(e) + redOf(e);

/** One expression of the customer as a curve. */
export const curveOf = (
  customer: readonly CustomerReading[],
  kind: 'raw' | 'smoothed',
  valueOf: (e: EmotionScores) => number,
): Reading[] =>
  customer.map((reading) => {
    const scores = reading[kind];
    return { ts: reading.ts, value: scores === null ? null : valueOf(scores) };
  });
