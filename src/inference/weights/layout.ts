import type { WeightTensor } from './decode-weights.js';

/** Transposes a dense tensor: axis i of the result is axis `perm[i]` of the source. */
export const transpose = (tensor: WeightTensor, perm: readonly number[]): { shape: number[]; data: Float32Array } => {
  const source = tensor.shape;
  const shape = perm.map((axis) => source[axis] ?? 1);
  const strides = source.map((_, axis) => source.slice(axis + 1).reduce((product, n) => product * n, 1));
  const steps = perm.map((axis) => strides[axis] ?? 0);
  const data = new Float32Array(tensor.data.length);
  const index = shape.map(() => 0);
  for (let at = 0; at < data.length; at += 1) {
    data[at] = tensor.data[index.reduce((sum, i, axis) => sum + i * (steps[axis] ?? 0), 0)] ?? 0;
    for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
      const next = (index[axis] ?? 0) + 1;
      index[axis] = next;
      if (next < (shape[axis] ?? 1)) break;
      index[axis] = 0;
    }
  }
  return { shape, data };
};

/** Convolution weights HWIO → OIHW. */
export const convWeights = (tensor: WeightTensor) => transpose(tensor, [3, 2, 0, 1]);

/** Depthwise weights HWCM → (C·M, 1, H, W), for a convolution of C groups. */
export const depthwiseWeights = (tensor: WeightTensor): { shape: number[]; data: Float32Array } => {
  const { shape, data } = transpose(tensor, [2, 3, 0, 1]);
  const [channels = 1, multiplier = 1, height = 1, width = 1] = shape;
  return { shape: [channels * multiplier, 1, height, width], data };
};
