import { workerData } from 'node:worker_threads';
import { InferenceSession } from '../../models/onnx-runtime.js';
import { serveTasks } from '../serve-tasks.js';
import { BodyDetector } from './body-detector.js';
import type { BodyAnswer, BodySetup, BodyTask } from './worker-protocol.js';

const { model } = workerData as BodySetup;

serveTasks<BodyTask, BodyAnswer>(async () => {
  const session = await InferenceSession.create(model, {
    executionProviders: ['cpu'],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  const detector = new BodyDetector(session);
  await detector.detect({ width: 64, height: 36, channels: 3, data: new Uint8Array(64 * 36 * 3).fill(127) });
  return {
    answer: async ({ picture }, ms) => ({ kind: 'found', bodies: await detector.detect(picture), ms: ms() }),
    close: () => detector.release(),
  };
});
