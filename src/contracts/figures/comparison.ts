import { EMOTIONS } from '../emotion.js';
import type { Figure } from '../figure.js';
import type { Judgement } from './judgement.js';
import type { Me1Report } from '../me1.js';

/** What is compared of two periods, in the order of the table; shares 0–1, `male` and `utilization` percent. */
export const COMPARED = [
  'smilingPersons',
  'smileIndex',
  'mood',
  ...EMOTIONS,
  'male',
  'utilization',
  'visitors',
  'samples',
] as const;
export type Compared = (typeof COMPARED)[number];

/** Decimals that each figure is printed with. */
export const COMPARED_DIGITS: Readonly<Record<Compared, number>> = {
  smilingPersons: 2,
  smileIndex: 2,
  mood: 1,
  happiness: 1,
  surprise: 1,
  anger: 1,
  disgust: 1,
  fear: 1,
  sadness: 1,
  neutral: 1,
  male: 1,
  utilization: 1,
  visitors: 0,
  samples: 0,
};

/** One figure of two periods. */
export interface ComparisonLine {
  readonly key: Compared;
  readonly a: Figure;
  readonly b: Figure;
  /** b − a. */
  readonly difference: Figure;
  /** Is b higher? null for what is only counted, and for Smile-Index by samples: people are judged, not samples. */
  readonly judgement: Judgement | null;
}

/** Two periods of МЭ-1 and what differs between their first totals. */
export interface ComparisonReport {
  readonly a: Me1Report;
  readonly b: Me1Report;
  /** Empty where the one period has visitors' figures alone and the other sellers'. */
  readonly lines: readonly ComparisonLine[];
}
