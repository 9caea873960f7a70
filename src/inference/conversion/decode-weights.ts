import { EmoscopeError } from '../../runtime/errors.js';

/** One entry of a TensorFlow.js weights manifest. */
export interface WeightEntry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly quantization?: { readonly dtype: string; readonly scale?: number; readonly min?: number };
}

/** A constant of a network: float32 weights, or int32 shapes and axes. */
export interface WeightTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array;
}

const BYTES: Readonly<Record<string, number>> = { float32: 4, int32: 4, float16: 2, uint16: 2, uint8: 1 };

/** IEEE 754 binary16 to a number. */
export const float16ToNumber = (bits: number): number => {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
};

const decodeEntry = (entry: WeightEntry, bytes: Buffer, count: number): Float32Array | Int32Array => {
  const stored = entry.quantization?.dtype ?? entry.dtype;
  if (stored === 'int32') return Int32Array.from({ length: count }, (_, i) => bytes.readInt32LE(i * 4));
  if (stored === 'float32') return Float32Array.from({ length: count }, (_, i) => bytes.readFloatLE(i * 4));
  if (stored === 'float16')
    return Float32Array.from({ length: count }, (_, i) => float16ToNumber(bytes.readUInt16LE(i * 2)));
  const { scale, min } = entry.quantization ?? {};
  if (scale === undefined || min === undefined || (stored !== 'uint8' && stored !== 'uint16'))
    throw new EmoscopeError('MODEL_CONVERSION', `Weight ${entry.name} has an unknown type ${stored}.`);
  const at = stored === 'uint8' ? (i: number) => bytes.readUInt8(i) : (i: number) => bytes.readUInt16LE(i * 2);
  return Float32Array.from({ length: count }, (_, i) => at(i) * scale + min);
};

/** Decodes packed weights (float32, int32, float16, affine uint8 and uint16), in manifest order, into tensors by name. */
export const decodeWeights = (entries: readonly WeightEntry[], packed: Uint8Array): Map<string, WeightTensor> => {
  const buffer = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
  const tensors = new Map<string, WeightTensor>();
  let offset = 0;
  for (const entry of entries) {
    const count = entry.shape.reduce((product, n) => product * n, 1);
    const stored = entry.quantization?.dtype ?? entry.dtype;
    const width = BYTES[stored];
    if (width === undefined)
      throw new EmoscopeError('MODEL_CONVERSION', `Weight ${entry.name} has an unknown type ${stored}.`);
    const end = offset + count * width;
    if (end > buffer.length)
      throw new EmoscopeError('MODEL_CONVERSION', `The weights end in the middle of ${entry.name}.`);
    tensors.set(entry.name, { shape: entry.shape, data: decodeEntry(entry, buffer.subarray(offset, end), count) });
    offset = end;
  }
  if (offset !== buffer.length)
    throw new EmoscopeError('MODEL_CONVERSION', `${buffer.length - offset} bytes follow the last weight.`);
  return tensors;
};
