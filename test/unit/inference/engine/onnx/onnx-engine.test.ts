import { describe, expect, test } from 'vitest';
import type { DescribeJob, DetectJob, FoundFace } from '../../../../../src/inference/engine/port.js';
import type { FaceDescription } from '../../../../../src/inference/describe/face-description.js';
import { InferenceSession } from '../../../../../src/inference/models/onnx-runtime.js';
import type { OnnxWorker } from '../../../../../src/inference/engine/onnx/batcher.js';
import { providersFor, type Provider } from '../../../../../src/inference/engine/onnx/choose-provider.js';
import { OnnxEngine } from '../../../../../src/inference/engine/onnx/onnx-engine.js';
import { Network } from '../../../../../src/inference/engine/onnx/network.js';
import { type Shared, placesOf } from '../../../../../src/inference/engine/onnx/shared-job.js';
import type {
  Described,
  Detected,
  OnnxAnswer,
  OnnxTask,
} from '../../../../../src/inference/engine/onnx/worker-protocol.js';
import { OnnxGraph } from '../../../../../src/inference/conversion/onnx-graph.js';
import { inferenceConfig, silentLogger } from '../../../../integration/inference/engine-options.js';

const picture = { width: 2, height: 2, channels: 3, data: new Uint8Array(12) } as const;
const job = (streamId: string): DetectJob => ({ streamId, picture, regions: [{ x: 0, y: 0, width: 2, height: 2 }] });
const description: FaceDescription = {
  emotions: { happiness: 100, surprise: 0, anger: 0, disgust: 0, fear: 0, sadness: 0, neutral: 0 },
  attributes: null,
  pose: { yaw: 0, pitch: 0, roll: 0 },
  presence: 1,
  sharpness: null,
  mouth: null,
  shape: null,
};

const describeAll = (describe: Shared<DescribeJob>): Described => {
  const places = [...placesOf(describe, describe.faces.length)];
  // What is said names the face it is said of.
  const faces = places.map((place) => ({ ...description, sharpness: describe.faces[place]?.box.x ?? null }));
  return { faces, places };
};

/** A thread whose answers the test releases one by one, in the order of its tasks. */
class FakeWorker implements OnnxWorker {
  readonly tasks: OnnxTask[] = [];
  closed = false;
  /** What it finds in every picture. */
  found: FoundFace[] = [];
  private readonly waiting: { readonly task: OnnxTask; readonly release: (answer: OnnxAnswer) => void }[] = [];

  constructor(
    readonly provider: Provider,
    private readonly answer: 'by hand' | 'at once' | 'nonsense',
  ) {}

  get load(): number {
    return this.waiting.length;
  }

  run(task: OnnxTask): Promise<OnnxAnswer> {
    this.tasks.push(task);
    return new Promise((release) => {
      this.waiting.push({ task, release });
      if (this.answer !== 'by hand') queueMicrotask(() => this.finish());
    });
  }

  finish(): void {
    const next = this.waiting.shift();
    if (next === undefined) return;
    const { task, release } = next;
    if (this.answer === 'nonsense') release({ kind: 'failed', code: 'ENGINE_OUTPUT', message: 'not finite' });
    else if (task.kind === 'detect')
      release({ kind: 'detected', results: task.jobs.map((one) => this.look(one)), ms: 1 });
    else release({ kind: 'described', results: task.jobs.map(describeAll), ms: 1 });
  }

  private look(detect: Shared<DetectJob>): Detected {
    const looks = [...placesOf(detect, detect.regions.length)].length;
    return { faces: looks > 0 ? this.found : [], looks };
  }

  close(): Promise<void> {
    this.closed = true;
    return Promise.resolve();
  }
}

const startWith = async (device: 'cpu' | 'webgpu', threads: number, answer: (provider: Provider) => FakeWorker) => {
  const workers: FakeWorker[] = [];
  const exits: (() => void)[] = [];
  const engine = await OnnxEngine.start(inferenceConfig({ device }), threads, silentLogger, {
    infos: [],
    startWorker: async (provider, onExit) => {
      await Promise.resolve();
      const worker = answer(provider);
      workers.push(worker);
      exits.push(onExit);
      return worker;
    },
  });
  return { engine, workers, exits };
};

describe('device', () => {
  test.each([
    ['cpu', { cuda: true, gpu: true }, ['cpu']],
    ['webgpu', { cuda: false, gpu: false }, ['webgpu', 'cpu']],
    ['cuda', { cuda: false, gpu: false }, ['cuda', 'cpu']],
    ['auto', { cuda: false, gpu: false }, ['cpu']],
    ['auto', { cuda: false, gpu: true }, ['webgpu', 'cpu']],
    ['auto', { cuda: true, gpu: true }, ['cuda', 'webgpu', 'cpu']],
  ] as const)('%s on %o tries %o', (device, machine, providers) =>
    expect(providersFor(device, machine)).toEqual(providers),
  );

  test('one that cannot be started is given up with its reason', async () => {
    const { engine } = await startWith('webgpu', 1, (provider) => {
      if (provider === 'webgpu') throw new Error('no adapter');
      return new FakeWorker(provider, 'at once');
    });
    expect(engine.info()).toMatchObject({ requestedDevice: 'webgpu', device: 'cpu' });
    expect(engine.info().fallbackReason).toContain('no adapter');
    await engine.close();
  });

  test('one that returns nonsense loses the batch, is counted, and the CPU takes over', async () => {
    const { engine, workers } = await startWith(
      'webgpu',
      2,
      (provider) => new FakeWorker(provider, provider === 'cpu' ? 'at once' : 'nonsense'),
    );
    expect(engine.info()).toMatchObject({ device: 'webgpu', fallbackReason: null });
    await expect(engine.detect(job('a'))).rejects.toMatchObject({ code: 'ENGINE_OUTPUT' });
    expect(engine.stats().rejectedBatches).toBe(1);
    await expect.poll(() => engine.info().device).toBe('cpu');
    expect(engine.info().fallbackReason).toContain('webgpu');
    expect(workers.map(({ provider, closed }) => [provider, closed])).toEqual([
      ['webgpu', true],
      ['cpu', false],
      ['cpu', false],
    ]);
    await expect(engine.detect(job('a'))).resolves.toEqual([]);
    await engine.close();
  });
});

describe('batches', () => {
  test('what nobody else waits behind is shared: each thread takes the next region, and late ones find nothing left', async () => {
    const { engine, workers } = await startWith('cpu', 2, (provider) => new FakeWorker(provider, 'by hand'));
    const [first, second] = workers;
    const seen = { box: { x: 0, y: 0, width: 10, height: 10 }, points: [] };
    workers.forEach((worker, i) => (worker.found = [{ ...seen, score: 0.6 + 0.2 * i }]));
    const regions = [0, 1, 2].map((x) => ({ x, y: 0, width: 1, height: 2 }));
    const detected = engine.detect({ ...job('a'), regions });
    expect(workers.map(({ tasks }) => tasks)).toMatchObject([
      [{ kind: 'detect', jobs: [{ regions }] }],
      [{ kind: 'detect', jobs: [{ regions }] }],
    ]);
    second?.finish();
    first?.finish();
    expect(await detected).toEqual([{ ...seen, score: 0.8 }]);
    expect(engine.stats()).toMatchObject({ detectRuns: 1, detectRegions: 3 });
    expect(await engine.detect({ ...job('a'), regions: [] })).toEqual([]);
    expect(workers.map(({ tasks }) => tasks.length)).toEqual([1, 1]);
    await engine.close();
  });

  test('a share waits in a thread at work, and nobody waits for a thread that comes when all is done', async () => {
    const { engine, workers } = await startWith('cpu', 2, (provider) => new FakeWorker(provider, 'by hand'));
    const [first, second] = workers;
    const seen = { box: { x: 0, y: 0, width: 10, height: 10 }, points: [], score: 0.9 };
    if (first !== undefined) first.found = [seen];
    const [one, other] = [engine.detect(job('a')), engine.detect(job('b'))];
    const regions = [0, 1].map((x) => ({ x, y: 0, width: 1, height: 2 }));
    const shared = engine.detect({ ...job('c'), regions });
    expect(workers.map(({ load }) => load)).toEqual([2, 2]);
    first?.finish();
    expect(await one).toEqual([seen]);
    first?.finish();
    expect(await shared).toEqual([seen]);
    expect(workers.map(({ load }) => load)).toEqual([0, 2]);
    second?.finish();
    expect(await other).toEqual([]);
    second?.finish();
    await engine.close();
  });

  test('faces come back in the order in which they were asked for, whoever described them', async () => {
    const { engine, workers } = await startWith('cpu', 2, (provider) => new FakeWorker(provider, 'by hand'));
    const faces = [10, 20, 30].map((x, i) => ({
      box: { x, y: 0, width: 1, height: 1 },
      points: [],
      attributes: i === 1,
    }));
    const described = engine.describe({ streamId: 'a', picture, faces });
    workers.forEach((worker) => worker.finish());
    expect((await described).map(({ sharpness }) => sharpness)).toEqual([10, 20, 30]);
    await engine.close();
  });

  test('what waits is spread over the threads, and a frame begun is finished first', async () => {
    const { engine, workers } = await startWith('cpu', 2, (provider) => new FakeWorker(provider, 'by hand'));
    const [first, second] = workers;
    const done = ['a', 'b', 'c', 'd', 'e'].map((id) => engine.detect(job(id)));
    const face = { box: { x: 0, y: 0, width: 1, height: 1 }, points: [], attributes: false };
    const described = engine.describe({ streamId: 'a', picture, faces: [face, face] });
    first?.finish();
    await done[0];
    await expect.poll(() => first?.tasks.map(({ kind }) => kind)).toEqual(['detect', 'describe']);
    first?.finish();
    expect((await described).length).toBe(2);
    await expect.poll(() => first?.tasks.at(-1)?.jobs.map(({ streamId }) => streamId)).toEqual(['c', 'd']);
    second?.finish();
    await expect.poll(() => second?.tasks.at(-1)?.jobs.map(({ streamId }) => streamId)).toEqual(['e']);
    first?.finish();
    second?.finish();
    expect(await Promise.all(done)).toEqual([[], [], [], [], []]);
    await engine.close();
  });

  test('a thread that ends is started again, once per loss, and never after closing', async () => {
    const { engine, workers, exits } = await startWith('cpu', 1, (provider) => new FakeWorker(provider, 'at once'));
    exits[0]?.();
    await expect.poll(() => workers.length).toBe(2);
    await expect(engine.detect(job('a'))).resolves.toEqual([]);
    expect(workers[1]?.tasks).toHaveLength(1);
    expect(engine.stats().workerRestarts).toBe(1);
    await engine.close();
    exits[1]?.();
    expect(workers).toHaveLength(2);
    await expect(engine.detect(job('a'))).rejects.toMatchObject({ code: 'ENGINE_CLOSED' });
  });

  test('a thread that cannot be started again: work is refused at once, tried again, and taken up again', async () => {
    let broken = false;
    const { engine, exits } = await startWith('cpu', 1, (provider) => {
      if (broken) throw new Error('no memory');
      return new FakeWorker(provider, 'at once');
    });
    expect(engine.stats().available).toBe(true);
    broken = true;
    exits[0]?.();
    const waiting = engine.detect(job('a'));
    await expect(waiting).rejects.toMatchObject({ code: 'ENGINE_UNAVAILABLE' });
    await expect(engine.detect(job('a'))).rejects.toMatchObject({ code: 'ENGINE_UNAVAILABLE' });
    expect(engine.stats().available).toBe(false);
    broken = false;
    await expect.poll(() => engine.stats().available, { timeout: 20_000 }).toBe(true);
    await expect(engine.detect(job('a'))).resolves.toEqual([]);
    await engine.close();
    expect(engine.stats().available).toBe(false);
  });
});

test('a network whose output is not finite is refused by name', async () => {
  const graph = new OnnxGraph('broken');
  const input = graph.input('input', ['batch', 3, 2, 2]);
  graph.output('out', graph.node('Sqrt', [input]), ['batch', 3, 2, 2]);
  const network = new Network('broken', await InferenceSession.create(graph.encode()), 3, 2);
  network.batch(1).data.fill(4);
  expect((await network.run(1, ['out'])).out[0]).toBe(2);
  network.batch(1).data[5] = -1;
  await expect(network.run(1, ['out'])).rejects.toMatchObject({ code: 'ENGINE_OUTPUT' });
  await network.release();
});
