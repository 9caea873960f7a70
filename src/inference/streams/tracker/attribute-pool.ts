import { logit, sigmoid } from '../../describe/log-odds.js';
import { weightedMedian } from './weighted-median.js';

/** The age and gender net's result for one frame of a face. */
export interface AttributeObservation {
  /** Years. */
  readonly age: number;
  /** P(male), 0–1. */
  readonly male: number;
  /** Quality of the face in that frame, 0–1. */
  readonly quality: number;
}

/** A track's age and gender so far. */
export interface TrackAttributes {
  /** Years; null before the first observation. */
  readonly age: number | null;
  /** P(male), 0–1; null while less sure than the stated confidence. */
  readonly gender: number | null;
}

export interface AttributePoolOptions {
  /** Best frames kept; default 9. */
  readonly keep?: number;
  /** max(P, 1 − P) from which gender is given; default 0.62. */
  readonly genderConfidence?: number;
}

/**
 * Age and gender of one track from its best-quality frames: median age, mean gender on the log-odds scale, both
 * weighted by quality, so that a few bad frames do not turn the answer.
 */
export class AttributePool {
  private best: AttributeObservation[] = [];
  private readonly keep: number;
  private readonly genderConfidence: number;

  constructor(options: AttributePoolOptions = {}) {
    this.keep = options.keep ?? 9;
    this.genderConfidence = options.genderConfidence ?? 0.62;
  }

  /** Whether a frame of this quality would tell something new: the net need not run on every frame. */
  wants(quality: number): boolean {
    if (this.best.length < this.keep) return true;
    const worst = this.best.at(-1)?.quality ?? 0;
    return quality > worst * 1.1 + 0.01;
  }

  add(observation: AttributeObservation): void {
    const { age, male, quality } = observation;
    if (!Number.isFinite(age + male + quality)) return;
    this.best.push(observation);
    this.best.sort((a, b) => b.quality - a.quality);
    this.best.length = Math.min(this.best.length, this.keep);
  }

  result(): TrackAttributes {
    if (this.best.length === 0) return { age: null, gender: null };
    const weighted = this.best.map(({ age, male, quality }) => ({ age, male, weight: 0.05 + quality }));
    const total = weighted.reduce((sum, { weight }) => sum + weight, 0);
    const odds = weighted.reduce((sum, { male, weight }) => sum + weight * logit(male), 0) / total;
    const male = sigmoid(odds);
    return {
      age: weightedMedian(weighted.map(({ age, weight }) => ({ value: age, weight }))),
      gender: Math.max(male, 1 - male) >= this.genderConfidence ? male : null,
    };
  }
}
