/** Multiplies a 4×4 matrix (row-major) by itself into `target`. */
const square = (m: Float64Array, target: Float64Array): void => {
  for (let i = 0; i < 16; i += 4) {
    const a = m[i] as number;
    const b = m[i + 1] as number;
    const c = m[i + 2] as number;
    const d = m[i + 3] as number;
    for (let j = 0; j < 4; j += 1) {
      target[i + j] =
        a * (m[j] as number) + b * (m[4 + j] as number) + c * (m[8 + j] as number) + d * (m[12 + j] as number);
    }
  }
};

/** Squarings: two eigenvalues 1 % apart are told apart by e⁴⁰. */
const SQUARINGS = 12;

/** Unit eigenvector of the largest eigenvalue of a symmetric 4×4 matrix (row-major), by repeated squaring. */
export const largestEigenvector = (matrix: Float64Array): readonly [number, number, number, number] => {
  let bound = 0;
  for (let i = 0; i < 16; i += 4) {
    let row = 0;
    for (let j = 0; j < 4; j += 1) row += Math.abs(matrix[i + j] as number);
    bound = Math.max(bound, row);
  }
  // Shifted by a bound of the spectrum, the largest eigenvalue is also the largest in magnitude.
  let current = Float64Array.from(matrix, (value, index) => value + (index % 5 === 0 ? bound : 0));
  let next = new Float64Array(16);
  for (let step = 0; step < SQUARINGS; step += 1) {
    square(current, next);
    const trace = (next[0] as number) + (next[5] as number) + (next[10] as number) + (next[15] as number);
    const factor = trace > 0 ? 1 / trace : 1;
    for (let i = 0; i < 16; i += 1) next[i] = (next[i] as number) * factor;
    [current, next] = [next, current];
  }
  let best = 0;
  for (let j = 1; j < 4; j += 1) if ((current[5 * j] as number) > (current[5 * best] as number)) best = j;
  const column = [0, 4, 8, 12].map((row) => current[row + best] as number);
  const length = Math.hypot(...column) || 1;
  const [w = 1, x = 0, y = 0, z = 0] = column.map((value) => value / length);
  return [w, x, y, z];
};
