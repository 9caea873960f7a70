import { EMOTIONS, type Emotion, type EmotionScores } from '../../../contracts/emotion.js';

/**
 * Exponential smoothing of one track's expression by time, not by frame: a step of `dt` ms moves the value by
 * 1 − e^(−dt ÷ time constant) of the way, so that the frame rate does not change what is reported.
 */
export class EmotionSmoother {
  private current: EmotionScores | null = null;
  private lastTsMs = 0;

  /** `timeConstantMs` 0 switches smoothing off. */
  constructor(private readonly timeConstantMs: number) {}

  update(tsMs: number, raw: EmotionScores): EmotionScores {
    const previous = this.current;
    const step =
      previous === null || this.timeConstantMs <= 0
        ? 1
        : 1 - Math.exp(-Math.max(0, tsMs - this.lastTsMs) / this.timeConstantMs);
    const from = previous ?? raw;
    const next = {} as Record<Emotion, number>;
    for (const name of EMOTIONS) next[name] = step >= 1 ? raw[name] : from[name] + step * (raw[name] - from[name]);
    this.current = next;
    this.lastTsMs = tsMs;
    return next;
  }
}
