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

/** ONNX Runtime's fast picture layout holds channels in blocks of this many (AVX-512); others are copied back and forth. */
const BLOCK = 16;

/** How many channels to store so that blocks are whole; a few channels are not worth a block. */
export const wholeBlocks = (channels: number): number =>
  channels < BLOCK ? channels : Math.ceil(channels / BLOCK) * BLOCK;

/** The tensor with its leading axes grown to these lengths by zeros at their ends. */
export const padLeading = (
  { shape, data }: { readonly shape: readonly number[]; readonly data: Float32Array },
  lengths: readonly number[],
): { shape: number[]; data: Float32Array } => {
  const [length] = lengths;
  if (length === undefined) return { shape: [...shape], data };
  const inner = shape.slice(1);
  const size = inner.reduce((product, n) => product * n, 1);
  const parts = Array.from({ length: shape[0] ?? 1 }, (_, i) =>
    padLeading({ shape: inner, data: data.subarray(i * size, (i + 1) * size) }, lengths.slice(1)),
  );
  const grown = parts[0]?.shape ?? inner;
  const step = parts[0]?.data.length ?? size;
  const result = new Float32Array(length * step);
  parts.forEach((part, i) => result.set(part.data, i * step));
  return { shape: [length, ...grown], data: result };
};
