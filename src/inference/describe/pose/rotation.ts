import type { Pose } from '../../../contracts/face.js';

export type Vector3 = readonly [number, number, number];
/** Rows of a rotation: picture coordinates (x right, y down, z away from the camera) = matrix · face coordinates. */
export type Matrix3 = readonly [Vector3, Vector3, Vector3];

const DEGREES = 180 / Math.PI;

/**
 * Yaw, pitch, roll (degrees) of a rotation from face to picture coordinates. The face turns first about its own
 * normal (roll), then up (pitch), then to the picture's right (yaw).
 */
export const poseOfRotation = (r: Matrix3): Pose => {
  // The nose points along −z of the face, that is along minus the third column.
  const nose: Vector3 = [-r[0][2], -r[1][2], -r[2][2]];
  const yaw = Math.atan2(nose[0], -nose[2]);
  const pitch = Math.asin(Math.max(-1, Math.min(1, -nose[1])));
  const [right, down] = axesAt(yaw, pitch);
  const across: Vector3 = [r[0][0], r[1][0], r[2][0]];
  const roll = Math.atan2(dot(across, down), dot(across, right));
  return { yaw: yaw * DEGREES, pitch: pitch * DEGREES, roll: roll * DEGREES };
};

/** The rotation that has this pose; the inverse of `poseOfRotation`. */
export const rotationOfPose = ({ yaw, pitch, roll }: Pose): Matrix3 => {
  const [right, down] = axesAt(yaw / DEGREES, pitch / DEGREES);
  const c = Math.cos(roll / DEGREES);
  const s = Math.sin(roll / DEGREES);
  const x: Vector3 = [c * right[0] + s * down[0], c * right[1] + s * down[1], c * right[2] + s * down[2]];
  const y: Vector3 = [c * down[0] - s * right[0], c * down[1] - s * right[1], c * down[2] - s * right[2]];
  const z = cross(x, y);
  return [
    [x[0], y[0], z[0]],
    [x[1], y[1], z[1]],
    [x[2], y[2], z[2]],
  ];
};

const dot = (a: Vector3, b: Vector3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

const cross = (a: Vector3, b: Vector3): Vector3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

/** The unrolled face's x (to the picture's right) and y (down) axes in picture coordinates. */
const axesAt = (yaw: number, pitch: number): readonly [Vector3, Vector3] => [
  [Math.cos(yaw), 0, Math.sin(yaw)],
  [Math.sin(yaw) * Math.sin(pitch), Math.cos(pitch), -Math.cos(yaw) * Math.sin(pitch)],
];
