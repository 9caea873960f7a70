/**
 * Variance of the 4-neighbour Laplacian of a grey picture (row-major, one value per pixel): low for blurred faces.
 * Comparable only between pictures of one size and one value range; the gate uses 112×112 and 0–255.
 */
export const laplacianVariance = (grey: Float32Array, width: number, height: number): number => {
  const count = (width - 2) * (height - 2);
  if (width < 3 || height < 3) return 0;
  const at = (index: number): number => grey[index] as number;
  let sum = 0;
  let squares = 0;
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      const i = y * width + x;
      const value = at(i - 1) + at(i + 1) + at(i - width) + at(i + width) - 4 * at(i);
      sum += value;
      squares += value * value;
    }
  }
  const mean = sum / count;
  return Math.max(0, squares / count - mean * mean);
};
