import { Tensor } from '../../../src/inference/models/onnx-runtime.js';
import { loadModel } from '../../../src/inference/models/load-model.js';

/** Runs the expression network on the WebGPU provider and on the CPU and prints both; a process of its own, since the Vulkan driver is chosen by the environment. */
const input = new Tensor(
  'float32',
  Float32Array.from({ length: 2 * 3 * 112 * 112 }, (_, i) => Math.sin(i / 50) / 2),
  [2, 3, 112, 112],
);
const run = async (provider: 'webgpu' | 'cpu'): Promise<number[]> => {
  const session = await loadModel('face_expression', { session: { executionProviders: [provider] } });
  const { probabilities, features } = await session.run({ input }, ['probabilities', 'features']);
  return [...((probabilities?.data ?? []) as Float32Array), ...((features?.data ?? []) as Float32Array)];
};
process.stdout.write(JSON.stringify({ webgpu: await run('webgpu'), cpu: await run('cpu') }));
