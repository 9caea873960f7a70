import type { Pose } from '../../../contracts/face.js';
import { fitRigid, type RigidFit } from './rigid-fit.js';
import { RIGID_INDICES, RIGID_MODEL } from './mesh-template.js';
import { poseOfRotation, type Vector3 } from './rotation.js';

/** Robust fit of the rigid face to FaceMesh points (468 or 478 × x, y, z in one unit; x right, y down, z away from the camera). */
export const fitMesh = (points: Float32Array): RigidFit =>
  fitRigid(
    RIGID_MODEL,
    RIGID_INDICES.map((index): Vector3 => [
      points[3 * index] as number,
      points[3 * index + 1] as number,
      points[3 * index + 2] as number,
    ]),
  );

/** Head pose from FaceMesh points; 0 is the mean of frontal portraits. */
export const poseFromMesh = (points: Float32Array): Pose => poseOfRotation(fitMesh(points).rotation);
