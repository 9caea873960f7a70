import type { Box } from '../../../contracts/face.js';
import { LivenessJudge, type Liveness } from './liveness-judge.js';
import { StillPlaces } from './still-places.js';

/** One face of one frame; `figure` where the mesh looked at it. */
export interface LivingFace {
  readonly trackId: string;
  readonly tsMs: number;
  readonly box: Box;
  readonly sizePx: number;
  readonly mobilePoints: Float32Array | undefined;
}

/** Which faces of one stream live. */
export class StreamLiveness {
  private readonly judges = new Map<string, LivenessJudge>();
  private readonly places = new StillPlaces();

  /** Takes the face into account; a face that no mesh has seen yet counts as living. */
  judge({ trackId, tsMs, box, sizePx, mobilePoints }: LivingFace): Liveness {
    let judge = this.judges.get(trackId);
    if (judge === undefined) {
      if (mobilePoints === undefined) return 'living';
      judge = new LivenessJudge(this.places.holds(tsMs, box));
      this.judges.set(trackId, judge);
    }
    if (mobilePoints !== undefined) judge.observe({ tsMs, mobilePoints, box, sizePx });
    const life = judge.at(tsMs);
    if (life === 'still') this.places.remember(tsMs, box);
    return life;
  }

  forget(trackId: string): void {
    this.judges.delete(trackId);
  }
}
