import type { FaceShape } from '../face-description.js';

/** Below this the mesh looks again at every frame: what is hidden may come out at any moment. */
const SURE_PRESENCE = 0.8;
/** A face may come nearer or go away by this factor before the mesh looks again. */
const MAX_SCALE = 1.25;
/** Root mean square distance of the six points from where the movement takes them, as a share of the face's side. */
const MAX_DISTORTION = 0.02;

/** Movement in the picture: turn, scale and shift, as x′ = a·x − b·y + shiftX, y′ = b·x + a·y + shiftY. */
interface Movement {
  readonly a: number;
  readonly b: number;
  readonly shiftX: number;
  readonly shiftY: number;
  /** Root mean square distance it leaves, pixels. */
  readonly rest: number;
}

/** Least-squares turn, scale and shift that takes one set of points (x, y pairs) to another. */
const movementOf = (from: readonly number[], to: readonly number[]): Movement | null => {
  const count = from.length / 2;
  if (count < 3 || to.length !== from.length) return null;
  const mean = (points: readonly number[], axis: 0 | 1): number =>
    points.reduce((sum, value, i) => (i % 2 === axis ? sum + value : sum), 0) / count;
  const [fx, fy, tx, ty] = [mean(from, 0), mean(from, 1), mean(to, 0), mean(to, 1)];
  let [along, across, spread, targetSpread] = [0, 0, 0, 0];
  for (let i = 0; i < from.length; i += 2) {
    const [px, py] = [(from[i] as number) - fx, (from[i + 1] as number) - fy];
    const [qx, qy] = [(to[i] as number) - tx, (to[i + 1] as number) - ty];
    along += px * qx + py * qy;
    across += px * qy - py * qx;
    spread += px * px + py * py;
    targetSpread += qx * qx + qy * qy;
  }
  if (!(spread > 0)) return null;
  const a = along / spread;
  const b = across / spread;
  const squares = targetSpread - (a * a + b * b) * spread;
  return {
    a,
    b,
    shiftX: tx - (a * fx - b * fy),
    shiftY: ty - (b * fx + a * fy),
    rest: Math.sqrt(Math.max(0, squares) / count),
  };
};

/**
 * A face's shape of an earlier frame moved to this one by the detector's six points (x, y pairs in pixels), or null where
 * the points no longer form the same figure: the head has turned, come much nearer, or was hidden, and the mesh must look.
 */
export const carryShape = (shape: FaceShape, from: readonly number[], to: readonly number[]): FaceShape | null => {
  if (shape.presence < SURE_PRESENCE) return null;
  const movement = movementOf(from, to);
  if (movement === null) return null;
  const { a, b, shiftX, shiftY, rest } = movement;
  const scale = Math.hypot(a, b);
  const { frame, pose, presence } = shape;
  const sidePx = frame.sidePx * scale;
  if (!(rest <= MAX_DISTORTION * sidePx) || scale > MAX_SCALE || scale < 1 / MAX_SCALE) return null;
  const turnRad = Math.atan2(b, a);
  return {
    pose: { ...pose, roll: pose.roll + (turnRad * 180) / Math.PI },
    presence,
    frame: {
      centreX: a * frame.centreX - b * frame.centreY + shiftX,
      centreY: b * frame.centreX + a * frame.centreY + shiftY,
      sidePx,
      angleRad: frame.angleRad + turnRad,
    },
  };
};
