import { EMOTIONS } from '../emotion.js';

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
