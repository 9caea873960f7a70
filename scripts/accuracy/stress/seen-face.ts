import { EMOTIONS, type Emotion } from '../../../src/contracts/emotion.js';
import type { FrameResult, RejectReason, TrackedFace } from '../../../src/contracts/face.js';
import type { LabelledFace } from './labelled-faces.js';

/** What the service told of a face that was shown to it; each null where it was withheld. */
export interface Told {
  readonly happiness: number | null;
  readonly strongest: Emotion | null;
  readonly age: number | null;
  readonly male: number | null;
  /** Why the face was not counted; null: it was. */
  readonly rejected: RejectReason | null;
}

/** A labelled face under one condition, and what came of it. */
export interface StressCase {
  readonly face: LabelledFace;
  /** null: not found. */
  readonly told: Told | null;
  /** Frames it was shown in, those it was found in, and the tracks it was given. */
  readonly frames: number;
  readonly foundFrames: number;
  readonly tracks: number;
}

export const toldOf = ({ smoothed, age, gender, rejected }: TrackedFace): Told => {
  const [strongest = null] = [...EMOTIONS].sort((a, b) => smoothed[b] - smoothed[a]);
  return { happiness: smoothed.happiness, strongest, age, male: gender, rejected };
};

/** The face whose box holds a point and is nearest to it; pixels. */
export const faceAt = (
  { faces, width, height }: FrameResult,
  x: number,
  y: number,
  sidePx: number,
): TrackedFace | null => {
  const away = ({ box }: TrackedFace): number =>
    Math.hypot((box.x + box.width / 2) * width - x, (box.y + box.height / 2) * height - y);
  const [nearest] = faces
    .filter((face) => away(face) < 0.5 * sidePx && face.sizePx > 0.4 * sidePx && face.sizePx < 2.5 * sidePx)
    .sort((a, b) => away(a) - away(b));
  return nearest ?? null;
};
