/** Sums that a ridge regression needs, gathered row by row: the last column of every row is the constant. */
export class Ridge {
  private readonly size: number;
  private readonly squares: Float64Array;
  private readonly products: Float64Array;

  constructor(features: number) {
    this.size = features + 1;
    this.squares = new Float64Array(this.size * this.size);
    this.products = new Float64Array(this.size);
  }

  add(row: Float32Array, target: number, weight = 1): void {
    const { size, squares, products } = this;
    for (let i = 0; i < size; i += 1) {
      const value = weight * (i === size - 1 ? 1 : (row[i] as number));
      if (value === 0) continue;
      products[i] = (products[i] as number) + value * target;
      const at = i * size;
      for (let k = i; k < size - 1; k += 1) squares[at + k] = (squares[at + k] as number) + value * (row[k] as number);
      squares[at + size - 1] = (squares[at + size - 1] as number) + value;
    }
  }

  /** Weights, then the constant, that minimise the squared error plus `penalty` times each squared weight in units of its spread. */
  solve(penalty: number): Float32Array {
    const { size } = this;
    const lower = Float64Array.from(this.squares);
    const count = lower[size * size - 1] as number;
    for (let i = 0; i < size - 1; i += 1) {
      const mean = (lower[i * size + size - 1] as number) / count;
      const spread = Math.max(1e-6, (lower[i * size + i] as number) / count - mean * mean);
      lower[i * size + i] = (lower[i * size + i] as number) + penalty * spread;
    }
    return Float32Array.from(solvePositive(lower, this.products, size));
  }
}

/** Solves a symmetric positive definite system whose upper triangle is given, by Cholesky's decomposition. */
const solvePositive = (upper: Float64Array, right: Float64Array, size: number): Float64Array => {
  for (let j = 0; j < size; j += 1) {
    const row = upper.subarray(j * size, (j + 1) * size);
    const pivot = Math.sqrt(row[j] as number);
    for (let k = j; k < size; k += 1) row[k] = (row[k] as number) / pivot;
    for (let i = j + 1; i < size; i += 1) {
      const factor = row[i] as number;
      if (factor === 0) continue;
      const at = i * size;
      for (let k = i; k < size; k += 1) upper[at + k] = (upper[at + k] as number) - factor * (row[k] as number);
    }
  }
  const result = Float64Array.from(right);
  for (let i = 0; i < size; i += 1) {
    for (let k = 0; k < i; k += 1)
      result[i] = (result[i] as number) - (upper[k * size + i] as number) * (result[k] as number);
    result[i] = (result[i] as number) / (upper[i * size + i] as number);
  }
  for (let i = size - 1; i >= 0; i -= 1) {
    for (let k = i + 1; k < size; k += 1)
      result[i] = (result[i] as number) - (upper[i * size + k] as number) * (result[k] as number);
    result[i] = (result[i] as number) / (upper[i * size + i] as number);
  }
  return result;
};
