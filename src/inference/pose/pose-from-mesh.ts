import type { Pose } from '../../contracts/face.js';
import { cross, dot, poseOfRotation, scaled, type Vector3 } from './rotation.js';

/** Pairs of FaceMesh points mirrored across the face (picture left, picture right of a frontal face). */
const ACROSS = [
  [33, 263],
  [133, 362],
  [127, 356],
  [234, 454],
  [116, 345],
  [54, 284],
] as const;
/** Pairs from brow to chin in the middle plane. */
const DOWN = [
  [10, 152],
  [10, 2],
  [168, 2],
] as const;

const sum = (points: Float32Array, pairs: readonly (readonly [number, number])[]): Vector3 => {
  const total: [number, number, number] = [0, 0, 0];
  for (const [from, to] of pairs) {
    for (const axis of [0, 1, 2] as const) {
      total[axis] += (points[3 * to + axis] ?? 0) - (points[3 * from + axis] ?? 0);
    }
  }
  return total;
};

const unit = (v: Vector3): Vector3 => scaled(v, 1 / Math.max(Math.sqrt(dot(v, v)), 1e-12));

/** Head pose from FaceMesh points (468 or 478 × x, y, z in one unit; x right, y down, z away from the camera). */
export const poseFromMesh = (points: Float32Array): Pose => {
  const across = unit(sum(points, ACROSS));
  const downRaw = sum(points, DOWN);
  const along = dot(across, downRaw);
  const down = unit([downRaw[0] - along * across[0], downRaw[1] - along * across[1], downRaw[2] - along * across[2]]);
  const away = cross(across, down);
  return poseOfRotation([
    [across[0], down[0], away[0]],
    [across[1], down[1], away[1]],
    [across[2], down[2], away[2]],
  ]);
};
