import type { EmotionScores } from '../../../contracts/emotion.js';
import { AttributePool, type AttributeObservation, type TrackAttributes } from './attribute-pool.js';
import { EmotionSmoother } from './emotion-smoother.js';
import { type Mouth, Speech } from './speech.js';

/** This frame's expression without what speech adds to it. */
export interface Expressed {
  readonly emotions: EmotionScores;
  readonly smoothed: EmotionScores;
  readonly talking: boolean;
}

interface Remembered {
  readonly smoother: EmotionSmoother;
  readonly speech: Speech;
  readonly pool: AttributePool;
}

export interface TrackMemoryOptions {
  /** Time constant of the expression's smoothing, ms. */
  readonly smoothingMs: number;
  /** max(P, 1 − P) from which gender is given. */
  readonly genderConfidence?: number;
}

/** What is remembered of each live track of one stream (smoothed expression, age, gender); forgotten with the track. */
export class TrackMemory {
  private readonly tracks = new Map<string, Remembered>();

  constructor(private readonly options: TrackMemoryOptions) {}

  get size(): number {
    return this.tracks.size;
  }

  /** Feeds what one frame says of a face: its expression and its mouth (null: not measured). */
  express(trackId: string, tsMs: number, seen: EmotionScores, mouth: Mouth | null): Expressed {
    const { smoother, speech } = this.of(trackId);
    const { raw, steady, talking } = speech.hear(tsMs, mouth, seen);
    return { emotions: raw, smoothed: smoother.update(tsMs, steady), talking };
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

  private of(trackId: string): Remembered {
    let entry = this.tracks.get(trackId);
    if (entry === undefined) {
      const { smoothingMs, genderConfidence } = this.options;
      entry = {
        smoother: new EmotionSmoother(smoothingMs),
        speech: new Speech(),
        pool: new AttributePool(genderConfidence === undefined ? {} : { genderConfidence }),
      };
      this.tracks.set(trackId, entry);
    }
    return entry;
  }
}
