import type { QualityLimits } from '../../../config/schema.js';
import type { Box, Pose, RejectReason } from '../../../contracts/face.js';
import { ramp } from '../ramp.js';

/** What the gate looks at. */
export interface FaceMeasures {
  /** Shorter side of the box in source pixels. */
  readonly sizePx: number;
  /** Detector confidence 0–1. */
  readonly score: number;
  /** Variance of the Laplacian of the 112 px crop; null when not measured. */
  readonly sharpness: number | null;
  readonly pose: Pose;
  /** Face mesh's own confidence that it sees a whole face, 0–1; null when the mesh did not run. */
  readonly presence: number | null;
  /** Above 0 the mouth is covered (`MouthReading`); null when not measured. */
  readonly covered: number | null;
  /** Fractions of the frame. */
  readonly box: Box;
}

/** Below this much of the face box inside the picture the face is cut off. */
const MIN_VISIBLE_SHARE = 0.7;
/** Mesh confidence under which the face is covered, or none. */
const MIN_PRESENCE = 0.3;
/**
 * A mouth counts as covered from here on, and the further from the front it is seen the surer that must be: turned and
 * beardy faces come near (bare mouths of unseen people above: 1 in 100, docs/accuracy.md).
 */
const COVERED = 0.1;
const COVERED_PER_DEG = 0.01;

/** Share of the box's area that lies inside the frame, 0–1. */
export const visibleShare = ({ x, y, width, height }: Box): number => {
  if (!(width > 0 && height > 0)) return 0;
  const shownWidth = Math.min(1, x + width) - Math.max(0, x);
  const shownHeight = Math.min(1, y + height) - Math.max(0, y);
  return (Math.max(0, shownWidth) * Math.max(0, shownHeight)) / (width * height);
};

/** null when the face counts as recognised, else the first limit it fails (docs/metrics.md, "Sample"). */
export const rejectionOf = (face: FaceMeasures, limits: QualityLimits): RejectReason | null => {
  if (!(face.sizePx >= limits.minFacePx)) return 'size';
  if (!(face.score >= limits.minScore)) return 'score';
  if (face.presence !== null && !(face.presence >= MIN_PRESENCE)) return 'occlusion';
  if (!(visibleShare(face.box) >= MIN_VISIBLE_SHARE)) return 'occlusion';
  if (face.covered !== null && face.covered > COVERED + COVERED_PER_DEG * Math.abs(face.pose.yaw)) return 'covered';
  if (limits.minSharpness > 0 && face.sharpness !== null && !(face.sharpness >= limits.minSharpness)) {
    return 'sharpness';
  }
  if (!(Math.abs(face.pose.yaw) <= limits.maxYawDeg)) return 'yaw';
  if (!(Math.abs(face.pose.pitch) <= limits.maxPitchDeg)) return 'pitch';
  return null;
};

/**
 * How much a frame of a face can be trusted, 0–1: the geometric mean of size, detector confidence, sharpness and
 * frontality, so that one bad property is enough to lower it. Used to choose frames, not to reject them.
 */
export const qualityOf = (face: FaceMeasures): number => {
  const parts = [
    ramp(Math.log2(Math.max(1, face.sizePx)), 3.5, 6.8),
    ramp(face.score, 0.3, 0.95),
    face.sharpness === null ? 0.5 : ramp(Math.log2(Math.max(1, face.sharpness)), 2, 9),
    Math.max(0, Math.cos((face.pose.yaw * Math.PI) / 180)) * Math.max(0, Math.cos((face.pose.pitch * Math.PI) / 180)),
    face.presence === null ? 0.8 : ramp(face.presence, 0.1, 0.9),
    visibleShare(face.box),
  ];
  const product = parts.reduce((all, part) => all * part, 1);
  return Number.isFinite(product) ? product ** (1 / parts.length) : 0;
};
