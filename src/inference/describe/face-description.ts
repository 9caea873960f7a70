import type { EmotionScores } from '../../contracts/emotion.js';
import type { Pose } from '../../contracts/face.js';
import type { TurnedSquare } from '../pixels/picture.js';
import type { MouthReading } from './mouth/mouth-reader.js';

/** What the mesh says of a face: how it is turned, whether it is one, and where its expression is read. */
export interface FaceShape {
  readonly pose: Pose;
  /** Face mesh's confidence that it sees a whole face, 0–1. */
  readonly presence: number;
  /** The square its expression is read from, in pixels of the picture. */
  readonly frame: TurnedSquare;
}

/** What the networks say about one face of one frame. */
export interface FaceDescription {
  readonly emotions: EmotionScores;
  /** Years and P(male); null where they were not asked for. */
  readonly attributes: { readonly age: number; readonly male: number } | null;
  readonly pose: Pose;
  /** Face mesh's confidence that it sees a whole face, 0–1; null where no mesh ran. */
  readonly presence: number | null;
  /** What may be carried over to the next frames; null where no mesh ran on this one. */
  readonly shape: FaceShape | null;
  /** Points that a living face moves (`mobilePointsOf`); absent where no mesh ran on this frame or the engine has none. */
  readonly mobilePoints?: Float32Array | undefined;
  /** Variance of the Laplacian of the 112 px crop; null where it was not measured. */
  readonly sharpness: number | null;
  /** How far the lips are apart and whether they are covered; null where the engine does not read it. */
  readonly mouth: MouthReading | null;
}
