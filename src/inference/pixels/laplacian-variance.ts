/**
 * Variance of the 4-neighbour Laplacian of a grey picture of `size`² (row-major, one value per pixel), in the square that keeps
 * `margin` pixels off its edges: low for blurred faces. Comparable only between pictures of one size and one value range.
 */
export const laplacianVariance = (grey: Float32Array, size: number, margin = 1): number => {
  const end = size - margin;
  const count = (end - margin) ** 2;
  if (end <= margin) return 0;
  const at = (index: number): number => grey[index] as number;
  let sum = 0;
  let squares = 0;
  for (let y = margin; y < end; y += 1) {
    for (let x = margin; x < end; x += 1) {
      const i = y * size + x;
      const value = at(i - 1) + at(i + 1) + at(i - size) + at(i + size) - 4 * at(i);
      sum += value;
      squares += value * value;
    }
  }
  const mean = sum / count;
  return Math.max(0, squares / count - mean * mean);
};
