import type { Emotion } from '../../contracts/emotion.js';
import type { Ends } from './moments.js';

/** Of shares: one whose every moment counts and one of whom none does. */
export const SHARE: Ends = { low: 0, high: 1 };

/** Of a 0–100 scale that people fill: happiness, neutral. */
export const PERCENT: Ends = { low: 0, high: 100 };

/** Of an expression that is rare and faint: up to 40, the height of a pronounced one. */
export const FAINT: Ends = { low: 0, high: 40 };

/** Of mood, 50 being neutral: half a smile and half a displeasure throughout. */
export const MOOD: Ends = { low: 25, high: 75 };

/** Of an index of the type (plus − minus) ÷ base. */
export const INDEX: Ends = { low: -1, high: 1 };

/** The ends of each expression's mean. */
export const emotionEnds = (emotion: Emotion): Ends =>
  emotion === 'happiness' || emotion === 'neutral' ? PERCENT : FAINT;
