import type { Matrix3, Vector3 } from './rotation.js';

/** A rigid fit: `points ≈ scale · rotation · model + shift`. */
export interface RigidFit {
  readonly rotation: Matrix3;
  readonly scale: number;
  /** Root of the weighted mean square distance, in units of the fitted model's size (its root mean square radius). */
  readonly error: number;
}

const centroid = (points: readonly Vector3[], weights: readonly number[]): Vector3 => {
  let total = 0;
  let x = 0;
  let y = 0;
  let z = 0;
  points.forEach((point, index) => {
    const weight = weights[index] ?? 0;
    total += weight;
    x += weight * point[0];
    y += weight * point[1];
    z += weight * point[2];
  });
  return [x / total, y / total, z / total];
};

/** Largest eigenvector of a symmetric 4×4 matrix, by shifted power iteration squared (converges in a few steps). */
const largestEigenvector = (matrix: readonly (readonly number[])[]): readonly [number, number, number, number] => {
  let bound = 0;
  for (const row of matrix)
    bound = Math.max(
      bound,
      row.reduce((sum, value) => sum + Math.abs(value), 0),
    );
  let power = matrix.map((row, i) => row.map((value, j) => value + (i === j ? bound : 0)));
  for (let step = 0; step < 24; step += 1) {
    const current = power;
    const squared = current.map((row) =>
      row.map((_, j) => row.reduce((sum, value, k) => sum + value * (current[k]?.[j] ?? 0), 0)),
    );
    const norm = Math.max(...squared.flat().map(Math.abs), 1e-300);
    power = squared.map((row) => row.map((value) => value / norm));
  }
  const columns = [0, 1, 2, 3].map((j) => power.map((row) => row[j] ?? 0));
  const lengths = columns.map((column) => Math.hypot(...column));
  const longest = lengths.indexOf(Math.max(...lengths));
  const column = columns[longest] ?? [1, 0, 0, 0];
  const length = lengths[longest] ?? 1;
  const [w = 1, x = 0, y = 0, z = 0] = column.map((value) => value / length);
  return [w, x, y, z];
};

const rotationOfQuaternion = ([w, x, y, z]: readonly [number, number, number, number]): Matrix3 => [
  [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
  [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
  [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)],
];

const fitOnce = (
  model: readonly Vector3[],
  points: readonly Vector3[],
  weights: readonly number[],
): { readonly fit: RigidFit; readonly residuals: number[] } => {
  const from = centroid(model, weights);
  const to = centroid(points, weights);
  const s = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  let modelSpread = 0;
  let total = 0;
  const centred = model.map((a, index) => {
    const b = points[index] ?? to;
    const weight = weights[index] ?? 0;
    const p: Vector3 = [a[0] - from[0], a[1] - from[1], a[2] - from[2]];
    const q: Vector3 = [b[0] - to[0], b[1] - to[1], b[2] - to[2]];
    for (let i = 0; i < 3; i += 1) {
      for (let j = 0; j < 3; j += 1) s[3 * i + j] = (s[3 * i + j] ?? 0) + weight * (p[i] ?? 0) * (q[j] ?? 0);
    }
    modelSpread += weight * (p[0] ** 2 + p[1] ** 2 + p[2] ** 2);
    total += weight;
    return { p, q };
  });
  const [xx = 0, xy = 0, xz = 0, yx = 0, yy = 0, yz = 0, zx = 0, zy = 0, zz = 0] = s;
  const rotation = rotationOfQuaternion(
    largestEigenvector([
      [xx + yy + zz, yz - zy, zx - xz, xy - yx],
      [yz - zy, xx - yy - zz, xy + yx, zx + xz],
      [zx - xz, xy + yx, yy - xx - zz, yz + zy],
      [xy - yx, zx + xz, yz + zy, zz - xx - yy],
    ]),
  );
  const turned = centred.map(({ p }): Vector3 => [
    rotation[0][0] * p[0] + rotation[0][1] * p[1] + rotation[0][2] * p[2],
    rotation[1][0] * p[0] + rotation[1][1] * p[1] + rotation[1][2] * p[2],
    rotation[2][0] * p[0] + rotation[2][1] * p[1] + rotation[2][2] * p[2],
  ]);
  let together = 0;
  turned.forEach((t, index) => {
    const q = centred[index]?.q ?? [0, 0, 0];
    together += (weights[index] ?? 0) * (t[0] * q[0] + t[1] * q[1] + t[2] * q[2]);
  });
  const scale = together / Math.max(modelSpread, 1e-12);
  const residuals = turned.map((t, index) => {
    const q = centred[index]?.q ?? [0, 0, 0];
    return Math.hypot(q[0] - scale * t[0], q[1] - scale * t[1], q[2] - scale * t[2]);
  });
  const squares = residuals.reduce((sum, value, index) => sum + (weights[index] ?? 0) * value * value, 0);
  const radius = Math.abs(scale) * Math.sqrt(modelSpread / total);
  return { fit: { rotation, scale, error: Math.sqrt(squares / total) / Math.max(radius, 1e-12) }, residuals };
};

/**
 * Least-squares similarity from a model to measured points (Horn 1987, unit quaternions), reweighted a few times with
 * Huber weights so that points moved by an expression or a hand do not tilt the head.
 */
export const fitRigid = (model: readonly Vector3[], points: readonly Vector3[], rounds = 4): RigidFit => {
  let weights = model.map(() => 1);
  let result = fitOnce(model, points, weights);
  for (let round = 1; round < rounds; round += 1) {
    const sorted = [...result.residuals].sort((a, b) => a - b);
    const limit = 1.5 * (sorted[Math.floor(sorted.length / 2)] ?? 0) + 1e-12;
    weights = result.residuals.map((residual) => Math.min(1, limit / Math.max(residual, 1e-12)));
    result = fitOnce(model, points, weights);
  }
  return result.fit;
};
