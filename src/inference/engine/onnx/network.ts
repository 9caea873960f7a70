import { EmoscopeError } from '../../../runtime/errors.js';
import { type InferenceSession, Tensor } from '../../models/onnx-runtime.js';

/** One network with reusable input memory; runs synchronously inside ONNX Runtime, so it belongs in a worker. */
export class Network {
  private readonly inputs = new Map<number, Float32Array>();

  constructor(
    readonly name: string,
    private readonly session: InferenceSession,
    private readonly channels: number,
    readonly size: number,
  ) {}

  /** Memory for a batch: planes of size², `stride` floats per picture. The same memory is handed out again next time. */
  batch(count: number): { readonly data: Float32Array; readonly stride: number } {
    const stride = this.channels * this.size * this.size;
    let data = this.inputs.get(count);
    if (data === undefined) {
      data = new Float32Array(count * stride);
      this.inputs.set(count, data);
    }
    return { data, stride };
  }

  /** Runs the batch that `batch(count)` was filled with. Throws ENGINE_OUTPUT when an output has other rows than asked for or is not finite. */
  async run<K extends string>(count: number, outputs: readonly K[]): Promise<Readonly<Record<K, Float32Array>>> {
    const { data } = this.batch(count);
    const input = new Tensor('float32', data, [count, this.channels, this.size, this.size]);
    const answer = await this.session.run({ input }, [...outputs]);
    const result = {} as Record<K, Float32Array>;
    for (const name of outputs) {
      const tensor = answer[name];
      if (tensor?.dims[0] !== count)
        throw new EmoscopeError('ENGINE_OUTPUT', `The model ${this.name} did not answer for every picture.`);
      const values = tensor.data;
      if (!(values instanceof Float32Array) || !allFinite(values))
        throw new EmoscopeError('ENGINE_OUTPUT', `The model ${this.name} returned values that are not finite.`);
      result[name] = values;
    }
    return result;
  }

  async release(): Promise<void> {
    this.inputs.clear();
    await this.session.release();
  }
}

/** A sum is finite only if every term is (or two infinities cancel to NaN, which is not finite either). */
export const allFinite = (values: Float32Array): boolean => {
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += values[i] as number;
  return Number.isFinite(sum);
};
