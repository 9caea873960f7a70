import type { EmotionScores } from '../../../contracts/emotion.js';
import { AttributePool, type AttributeObservation, type TrackAttributes } from './attribute-pool.js';
import { EmotionSmoother } from './emotion-smoother.js';

export interface TrackMemoryOptions {
  /** Time constant of the expression's smoothing, ms. */
  readonly smoothingMs: number;
  /** max(P, 1 − P) from which gender is given. */
  readonly genderConfidence?: number;
}

/** What is remembered of each live track of one stream (smoothed expression, age, gender); forgotten with the track. */
export class TrackMemory {
  private readonly tracks = new Map<string, { smoother: EmotionSmoother; pool: AttributePool }>();

  constructor(private readonly options: TrackMemoryOptions) {}

  get size(): number {
    return this.tracks.size;
  }

  /** Feeds this frame's raw expression; returns the smoothed one. */
  smooth(trackId: string, tsMs: number, raw: EmotionScores): EmotionScores {
    return this.of(trackId).smoother.update(tsMs, raw);
  }

  /** Whether running the age and gender net on a face of this quality is worth it. */
  wantsAttributes(trackId: string, quality: number): boolean {
    return this.of(trackId).pool.wants(quality);
  }

  addAttributes(trackId: string, observation: AttributeObservation): void {
    this.of(trackId).pool.add(observation);
  }

  attributes(trackId: string): TrackAttributes {
    return this.tracks.get(trackId)?.pool.result() ?? { age: null, gender: null };
  }

  forget(trackIds: readonly string[]): void {
    for (const id of trackIds) this.tracks.delete(id);
  }

  private of(trackId: string): { smoother: EmotionSmoother; pool: AttributePool } {
    let entry = this.tracks.get(trackId);
    if (entry === undefined) {
      const { smoothingMs, genderConfidence } = this.options;
      entry = {
        smoother: new EmotionSmoother(smoothingMs),
        pool: new AttributePool(genderConfidence === undefined ? {} : { genderConfidence }),
      };
      this.tracks.set(trackId, entry);
    }
    return entry;
  }
}
