import type { FaceShape } from '../face-description.js';
import { carryShape } from './carry-shape.js';

/** How long a shape may be carried over, ms: at 5 frames a second the mesh sees every third frame of a calm face. */
const MAX_AGE_MS = 500;

/** The last mesh of each track, so that it need not look at every frame of a face that keeps still. */
export class ShapeMemory {
  private readonly seen = new Map<string, { tsMs: number; points: readonly number[]; shape: FaceShape }>();

  /** The track's shape moved to where its points are now; null when the mesh must look. */
  recall(trackId: string, tsMs: number, points: readonly number[]): FaceShape | null {
    const last = this.seen.get(trackId);
    if (last === undefined || tsMs < last.tsMs || tsMs - last.tsMs > MAX_AGE_MS) return null;
    return carryShape(last.shape, last.points, points);
  }

  remember(trackId: string, tsMs: number, points: readonly number[], shape: FaceShape): void {
    this.seen.set(trackId, { tsMs, points, shape });
  }

  forget(trackId: string): void {
    this.seen.delete(trackId);
  }
}
