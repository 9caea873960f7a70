import { workerData } from 'node:worker_threads';
import { ExpressionHead } from '../../describe/expression/expression-head.js';
import { FaceReader } from '../../describe/expression/face-reader.js';
import { MouthReader } from '../../describe/mouth/mouth-reader.js';
import { InferenceSession } from '../../models/onnx-runtime.js';
import { blazefaceKind, yunetKind } from './detector-kinds.js';
import { FaceDescriber } from './face-describer.js';
import { FaceDetector } from './face-detector.js';
import { greyInput } from '../../conversion/grey-input.js';
import { keepOutputs } from '../../conversion/keep-outputs.js';
import { Network } from './network.js';
import { serveTasks } from '../serve-tasks.js';
import type { OnnxAnswer, OnnxTask, WorkerSetup } from './worker-protocol.js';

const setup = workerData as WorkerSetup;

interface Wanted {
  readonly channels: 1 | 3;
  readonly size: number;
  readonly outputs: readonly string[];
  /** Three equal planes are one. */
  readonly grey?: boolean;
  /** Run as it is: what an owner brought may hold what our own part of the ONNX schema does not know. */
  readonly isWhole?: boolean;
}

const open = async (
  name: string,
  { channels, size, outputs, grey = false, isWhole = false }: Wanted,
): Promise<Network> => {
  const bytes = setup.models[name];
  if (bytes === undefined) throw new Error(`The model ${name} was not handed over.`);
  const needed = isWhole ? bytes : keepOutputs(bytes, outputs);
  const model = grey ? greyInput(needed) : needed;
  const session = await InferenceSession.create(model, {
    executionProviders: setup.provider === 'cpu' ? ['cpu'] : [setup.provider, 'cpu'],
    intraOpNumThreads: setup.threads,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
    // Denormal activations in the mesh cost a sixth of its time and change nothing.
    extra: { session: { set_denormal_as_zero: '1' } },
  });
  return new Network(name, session, channels, size);
};

const start = async () => {
  // On the CPU a batch gains nothing, and every size of batch that occurs makes ONNX Runtime keep more memory.
  const maxRows = setup.provider === 'cpu' ? 1 : 32;
  const best = setup.expression === 'best';
  const { yunetSize } = setup;
  const finding = yunetSize === null ? blazefaceKind() : yunetKind(yunetSize);
  const { size, outputs } = finding;
  const detection = await open(yunetSize === null ? 'blazeface' : 'yunet', {
    channels: 3,
    size,
    outputs,
    isWhole: yunetSize !== null,
  });
  const mesh = await open('facemesh', { channels: 3, size: 192, outputs: ['mesh', 'flag'] });
  const expression = await open(
    'face_expression',
    best
      ? { channels: 1, size: 112, outputs: ['rows', 'logits'], grey: true }
      : { channels: 3, size: 112, outputs: ['probabilities'] },
  );
  const attributes = await open('age_gender', { channels: 3, size: 112, outputs: ['age', 'gender'] });
  const emotion = best ? await open('emotion', { channels: 1, size: 64, outputs: ['rows'] }) : null;
  const readOuts = async () => ({ head: await ExpressionHead.load(), mouths: await MouthReader.load() });
  const reader = emotion === null ? null : new FaceReader({ emotion, expression }, await readOuts());
  const networks = [detection, mesh, expression, attributes, ...(emotion === null ? [] : [emotion])];
  const detector = new FaceDetector(detection, maxRows, finding);
  const describer = new FaceDescriber({ mesh, expression, attributes, reader }, maxRows);
  const warmUp = async (): Promise<void> => {
    const picture = { width: 64, height: 64, channels: 3, data: new Uint8Array(64 * 64 * 3).fill(127) } as const;
    const box = { x: 16, y: 16, width: 32, height: 32 };
    for (const count of [1, 2, 4].filter((size) => size <= maxRows)) {
      const faces = Array.from({ length: count }, () => ({ box, points: [], attributes: true }));
      await detector.detect([{ streamId: '', picture, regions: faces.map(() => box) }]);
      await describer.describe([{ streamId: '', picture, faces }]);
    }
  };
  await warmUp();
  return { detector, describer, networks };
};

serveTasks<OnnxTask, OnnxAnswer>(async () => {
  const { detector, describer, networks } = await start();
  return {
    answer: async (task, ms) => {
      if (task.kind === 'detect') return { kind: 'detected', results: await detector.detect(task.jobs), ms: ms() };
      return { kind: 'described', results: await describer.describe(task.jobs), ms: ms() };
    },
    close: async () => {
      for (const network of networks) await network.release();
    },
  };
});
