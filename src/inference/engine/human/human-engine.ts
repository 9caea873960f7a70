import { createRequire } from 'node:module';
import path from 'node:path';
import type { Config } from '../../../config/schema.js';
import type { EngineInfo } from '../../../contracts/service/models.js';
import { EmoscopeError, type ErrorCode } from '../../../runtime/errors.js';
import type { Logger } from '../../../runtime/logger.js';
import type { DescribeJob, DetectJob, EngineStats, FaceEngine, FoundFace } from '../port.js';
import type { FaceDescription } from '../../describe/face-description.js';
import { modelInfo, readManifest, readVerified } from '../../models/manifest.js';
import { packageFolder } from '../../../runtime/files/package-folder.js';
import { WorkRecord } from '../work-record.js';
import { WorkerHandle } from '../worker-handle.js';
import type { HumanAnswer, HumanSetup, HumanTask } from './worker-protocol.js';

type HumanWorker = WorkerHandle<HumanTask, HumanAnswer>;

const MODELS = ['blazeface', 'facemesh', 'emotion', 'faceres'] as const;

/** Builds of Human in order of preference; the first whose TensorFlow the owner has installed is used, else wasm. */
const BUILDS = [
  { needs: '@tensorflow/tfjs-node-gpu', build: 'dist/human.node-gpu.js' },
  { needs: '@tensorflow/tfjs-node', build: 'dist/human.node.js' },
] as const;

/** What Human's wasm build loads; a service that runs on ONNX Runtime is installed without. */
const WASM_NEEDS = ['@tensorflow/tfjs', '@tensorflow/tfjs-backend-wasm'] as const;

const isInstalled = (name: string): boolean => {
  try {
    return createRequire(import.meta.url).resolve(name) !== '';
  } catch {
    return false;
  }
};

const chooseBuild = (): HumanSetup => {
  const installed = BUILDS.find(({ needs }) => isInstalled(needs));
  if (installed === undefined && !WASM_NEEDS.every(isInstalled)) {
    throw new EmoscopeError(
      'ENGINE_UNAVAILABLE',
      `The engine "human" needs TensorFlow.js, which is not installed; run: npm install --no-save ${WASM_NEEDS.map((name) => `${name}@4.22`).join(' ')}`,
    );
  }
  return {
    build: installed?.build ?? 'dist/human.node-wasm.js',
    backend: installed === undefined ? 'wasm' : 'tensorflow',
    packageFolder: packageFolder('@vladmandic/human'),
    wasmFolder: installed === undefined ? path.join(packageFolder('@tensorflow/tfjs-backend-wasm'), 'dist') : null,
  };
};

/**
 * @vladmandic/human as it is, in one thread and instance per stream, since it remembers by the order of faces. It finds
 * and describes in one go, so `describe` hands out what `detect` learned.
 */
export class HumanEngine implements FaceEngine {
  readonly concurrency: number;
  private readonly workers = new Map<string, Promise<HumanWorker>>();
  private readonly known = new WeakMap<FoundFace['points'], FaceDescription>();
  private closed = false;
  private described = 0;
  private readonly work = new WorkRecord();
  private rejected = 0;
  private restarts = 0;

  private constructor(
    private readonly setup: HumanSetup,
    private readonly engineInfo: EngineInfo,
    private readonly logger: Logger,
  ) {
    this.concurrency = engineInfo.threads;
  }

  /** Verifies the weights and starts a first instance. Rejects with MODEL_INTEGRITY or ENGINE_UNAVAILABLE. */
  static async start(inference: Config['inference'], threads: number, logger: Logger): Promise<HumanEngine> {
    const manifest = await readManifest();
    const models = await Promise.all(
      MODELS.map(async (name) => {
        const entry = manifest[name];
        if (entry === undefined) throw new EmoscopeError('MODEL_INTEGRITY', `The manifest has no model ${name}.`);
        await readVerified(entry);
        return modelInfo(name, entry);
      }),
    );
    const setup = chooseBuild();
    const asked = inference.device;
    const unused = asked === 'webgpu' || (asked === 'cuda' && setup.build !== 'dist/human.node-gpu.js');
    const engine = new HumanEngine(
      setup,
      {
        engine: 'human',
        requestedDevice: asked,
        device: setup.backend,
        threads,
        fallbackReason: unused ? `Human runs on ${setup.backend} here; ${asked} is not available to it.` : null,
        models,
      },
      logger,
    );
    await engine.workerOf('');
    engine.closeStream('');
    return engine;
  }

  info(): EngineInfo {
    return this.engineInfo;
  }

  stats(): EngineStats {
    return {
      detectRuns: this.work.runs,
      detectRegions: this.work.items,
      describeRuns: 0,
      describedFaces: this.described,
      meshedFaces: this.described,
      attributedFaces: this.described,
      rejectedBatches: this.rejected,
      workerRestarts: this.restarts,
      available: !this.closed,
      detectMs: this.work.meanMs,
      describeMs: 0,
      stages: { detect: this.work.data() },
    };
  }

  async detect(job: DetectJob): Promise<FoundFace[]> {
    if (this.closed) throw closedError();
    const worker = await this.workerOf(job.streamId);
    // Human is slow and looks at the whole picture; closer looks would cost a second each.
    const answer = await worker.run({ picture: job.picture, regions: job.regions.slice(0, 1) });
    if (answer.kind === 'failed') {
      this.rejected += 1;
      throw new EmoscopeError(answer.code as ErrorCode, answer.message);
    }
    this.work.add(1, answer.ms);
    for (const { found, description } of answer.faces) this.known.set(found.points, description);
    return answer.faces.map(({ found }) => found).sort((a, b) => b.score - a.score);
  }

  describe(job: DescribeJob): Promise<FaceDescription[]> {
    this.described += job.faces.length;
    return Promise.resolve(
      job.faces.map((face) => {
        const description = this.known.get(face.points);
        if (description === undefined)
          throw new EmoscopeError('INTERNAL', 'A face is described that was not found before.');
        return description;
      }),
    );
  }

  closeStream(streamId: string): void {
    const worker = this.workers.get(streamId);
    this.workers.delete(streamId);
    worker
      ?.then((handle) => handle.close())
      .catch((error: unknown) => this.logger.warn({ err: error }, 'closing failed'));
  }

  async close(): Promise<void> {
    this.closed = true;
    const workers = [...this.workers.values()];
    this.workers.clear();
    await Promise.allSettled(workers.map(async (worker) => (await worker).close()));
  }

  private workerOf(streamId: string): Promise<HumanWorker> {
    let worker = this.workers.get(streamId);
    if (worker === undefined) {
      worker = WorkerHandle.start<HumanTask, HumanAnswer>(new URL('./worker.js', import.meta.url), this.setup, () => {
        if (!this.workers.delete(streamId)) return;
        this.restarts += 1;
        this.logger.error({ stream: streamId }, 'the thread of Human ended; the next frame starts another');
      });
      this.workers.set(streamId, worker);
      worker.catch(() => this.workers.delete(streamId));
    }
    return worker;
  }
}

const closedError = (): EmoscopeError => new EmoscopeError('ENGINE_CLOSED', 'The inference engine has been stopped.');
