import { EmoscopeError } from '../../../runtime/errors.js';
import { InferenceSession, Tensor } from '../onnx-runtime.js';
import type { Addable } from './addable.js';

/** A picture of slopes and a bright disc: no channel of it is the same everywhere. */
const testPicture = (size: number): Float32Array => {
  const data = new Float32Array(3 * size * size);
  for (let plane = 0; plane < 3; plane += 1)
    for (let y = 0; y < size; y += 1)
      for (let x = 0; x < size; x += 1) {
        const isDisc = (x - size / 2) ** 2 + (y - size / 2) ** 2 < (size / 5) ** 2;
        data[(plane * size + y) * size + x] = isDisc ? 220 - 20 * plane : (255 * (x + y * (plane + 1))) / (5 * size);
      }
  return data;
};

/**
 * Runs a network once as the engine would. Throws MODEL_REFUSED where ONNX Runtime does not take it, or an output has
 * another shape than promised or is not finite.
 */
export const tryModel = async (bytes: Uint8Array, size: number, wanted: Addable): Promise<void> => {
  const shapes = wanted.outputs(size);
  const answer = await run(bytes, size, wanted, Object.keys(shapes));
  for (const [name, shape] of Object.entries(shapes)) {
    const tensor = answer[name];
    if (tensor === undefined || tensor.dims.join() !== shape.join() || !(tensor.data instanceof Float32Array))
      throw new EmoscopeError(
        'MODEL_REFUSED',
        `On a test picture the output ${name} had the shape ${tensor?.dims.join('×') ?? 'of nothing'}; it should have ${shape.join('×')}.`,
      );
    if (!tensor.data.every(Number.isFinite))
      throw new EmoscopeError('MODEL_REFUSED', `On a test picture the output ${name} was not finite.`);
  }
};

const run = async (bytes: Uint8Array, size: number, { input }: Addable, outputs: string[]) => {
  try {
    const session = await InferenceSession.create(bytes, { intraOpNumThreads: 1, logSeverityLevel: 4 });
    try {
      return await session.run({ [input]: new Tensor('float32', testPicture(size), [1, 3, size, size]) }, outputs);
    } finally {
      await session.release();
    }
  } catch (error) {
    throw new EmoscopeError('MODEL_REFUSED', 'ONNX Runtime cannot run the network.', { cause: error });
  }
};
