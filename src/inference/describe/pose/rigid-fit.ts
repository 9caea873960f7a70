import { largestEigenvector } from './largest-eigenvector.js';
import type { Matrix3, Vector3 } from './rotation.js';

/** A rigid fit: `points ≈ scale · rotation · model + shift`. */
export interface RigidFit {
  readonly rotation: Matrix3;
  readonly scale: number;
  /** Where the model's origin lands. */
  readonly shift: Vector3;
  /** Root of the weighted mean square distance, in units of the fitted model's size (its root mean square radius). */
  readonly error: number;
}

const rotationOfQuaternion = ([w, x, y, z]: readonly [number, number, number, number]): Matrix3 => [
  [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
  [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
  [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)],
];

const turned = (r: Matrix3, [x, y, z]: Vector3): Vector3 => [
  r[0][0] * x + r[0][1] * y + r[0][2] * z,
  r[1][0] * x + r[1][1] * y + r[1][2] * z,
  r[2][0] * x + r[2][1] * y + r[2][2] * z,
];

const centroid = (points: readonly Vector3[], weights: Float64Array): Vector3 => {
  let total = 0;
  let x = 0;
  let y = 0;
  let z = 0;
  for (let i = 0; i < points.length; i += 1) {
    const point = points[i] as Vector3;
    const weight = weights[i] as number;
    total += weight;
    x += weight * point[0];
    y += weight * point[1];
    z += weight * point[2];
  }
  return [x / total, y / total, z / total];
};

/** Weighted least squares in closed form; writes each point's distance from the fit into `residuals`. */
const fitOnce = (
  model: readonly Vector3[],
  points: readonly Vector3[],
  weights: Float64Array,
  residuals: Float64Array,
): RigidFit => {
  const from = centroid(model, weights);
  const to = centroid(points, weights);
  let [xx, xy, xz, yx, yy, yz, zx, zy, zz] = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  let modelSpread = 0;
  let total = 0;
  for (let i = 0; i < model.length; i += 1) {
    const a = model[i] as Vector3;
    const b = points[i] as Vector3;
    const weight = weights[i] as number;
    const px = a[0] - from[0];
    const py = a[1] - from[1];
    const pz = a[2] - from[2];
    const qx = weight * (b[0] - to[0]);
    const qy = weight * (b[1] - to[1]);
    const qz = weight * (b[2] - to[2]);
    xx += px * qx;
    xy += px * qy;
    xz += px * qz;
    yx += py * qx;
    yy += py * qy;
    yz += py * qz;
    zx += pz * qx;
    zy += pz * qy;
    zz += pz * qz;
    modelSpread += weight * (px * px + py * py + pz * pz);
    total += weight;
  }
  const rotation = rotationOfQuaternion(
    largestEigenvector(
      Float64Array.of(
        ...[xx + yy + zz, yz - zy, zx - xz, xy - yx],
        ...[yz - zy, xx - yy - zz, xy + yx, zx + xz],
        ...[zx - xz, xy + yx, yy - xx - zz, yz + zy],
        ...[xy - yx, zx + xz, yz + zy, zz - xx - yy],
      ),
    ),
  );
  const [r0, r1, r2] = rotation;
  const together =
    r0[0] * xx + r0[1] * yx + r0[2] * zx + r1[0] * xy + r1[1] * yy + r1[2] * zy + r2[0] * xz + r2[1] * yz + r2[2] * zz;
  const scale = together / Math.max(modelSpread, 1e-12);
  const middle = turned(rotation, from);
  const shift: Vector3 = [to[0] - scale * middle[0], to[1] - scale * middle[1], to[2] - scale * middle[2]];
  let squares = 0;
  for (let i = 0; i < model.length; i += 1) {
    const [x, y, z] = turned(rotation, model[i] as Vector3);
    const b = points[i] as Vector3;
    const residual = Math.hypot(b[0] - shift[0] - scale * x, b[1] - shift[1] - scale * y, b[2] - shift[2] - scale * z);
    residuals[i] = residual;
    squares += (weights[i] as number) * residual * residual;
  }
  const radius = Math.abs(scale) * Math.sqrt(modelSpread / total);
  return { rotation, scale, shift, error: Math.sqrt(squares / total) / Math.max(radius, 1e-12) };
};

/**
 * Least-squares similarity from a model to measured points (Horn 1987, unit quaternions), reweighted a few times with
 * Huber weights so that points moved by an expression or a hand do not tilt the head.
 */
export const fitRigid = (model: readonly Vector3[], points: readonly Vector3[], rounds = 4): RigidFit => {
  const weights = new Float64Array(model.length).fill(1);
  const residuals = new Float64Array(model.length);
  let result = fitOnce(model, points, weights, residuals);
  for (let round = 1; round < rounds; round += 1) {
    const sorted = Float64Array.from(residuals).sort();
    const limit = 1.5 * (sorted[sorted.length >> 1] as number) + 1e-12;
    for (let i = 0; i < weights.length; i += 1)
      weights[i] = Math.min(1, limit / Math.max(residuals[i] as number, 1e-12));
    result = fitOnce(model, points, weights, residuals);
  }
  return result;
};
