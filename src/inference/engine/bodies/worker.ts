import { parentPort, workerData } from 'node:worker_threads';
import { codeOf } from '../../../runtime/errors.js';
import { InferenceSession } from '../../models/onnx-runtime.js';
import type { WorkerNews } from '../worker-handle.js';
import { BodyDetector } from './body-detector.js';
import type { BodyAnswer, BodySetup, BodyTask } from './worker-protocol.js';

const port = parentPort;
if (port === null) throw new Error('This module runs as a worker thread.');
const { model } = workerData as BodySetup;
const reply = (message: BodyAnswer | WorkerNews): void => port.postMessage(message);
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const start = async (): Promise<BodyDetector> => {
  const session = await InferenceSession.create(model, {
    executionProviders: ['cpu'],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  const detector = new BodyDetector(session);
  await detector.detect({ width: 64, height: 36, channels: 3, data: new Uint8Array(64 * 36 * 3).fill(127) });
  return detector;
};

const serve = async (detector: BodyDetector, { picture }: BodyTask): Promise<void> => {
  const startedMs = performance.now();
  try {
    const bodies = await detector.detect(picture);
    reply({ kind: 'found', bodies, ms: performance.now() - startedMs });
  } catch (error) {
    reply({ kind: 'failed', code: codeOf(error), message: messageOf(error) });
  }
};

const close = async (detector: BodyDetector): Promise<void> => {
  await detector.release();
  port.close();
};

start().then(
  (detector) => {
    let last = Promise.resolve();
    port.on('message', (task: BodyTask | { kind: 'close' }) => {
      last = last.then(() => ('kind' in task ? close(detector) : serve(detector, task)));
    });
    reply({ kind: 'ready' });
  },
  (error: unknown) => reply({ kind: 'refused', message: messageOf(error) }),
);
