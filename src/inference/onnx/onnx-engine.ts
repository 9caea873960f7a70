import type { Config } from '../../config/schema.js';
import type { EngineInfo, ModelInfo } from '../../contracts/models.js';
import { EmoscopeError } from '../../runtime/errors.js';
import type { Logger } from '../../runtime/logger.js';
import type { DescribeJob, DetectJob, EngineStats, FaceDescription, FaceEngine, FoundFace } from '../engine-port.js';
import { modelInfo, readManifest } from '../weights/manifest.js';
import { cacheFolder, onnxModel } from '../weights/model-cache.js';
import { WorkerHandle } from '../worker-handle.js';
import { Batcher, type OnnxWorker } from './batcher.js';
import type { OnnxAnswer, OnnxTask, WorkerSetup } from './worker-protocol.js';

type Inference = Config['inference'];
type Provider = WorkerSetup['provider'];

const MODELS = ['blazeface', 'facemesh', 'face_expression', 'age_gender'] as const;
const MAX_BATCH: Readonly<Record<Provider, number>> = { cpu: 4, webgpu: 32, cuda: 32 };

/** ONNX Runtime in worker threads: one thread of one core each on the CPU, a single one that batches on a GPU. */
export class OnnxEngine implements FaceEngine {
  private workers: OnnxWorker[] = [];
  private readonly batcher: Batcher;
  private restarts = 0;
  private closing = false;

  private constructor(
    private readonly setup: WorkerSetup,
    private readonly engineInfo: EngineInfo,
    private readonly logger: Logger,
  ) {
    this.batcher = new Batcher(MAX_BATCH[setup.provider], (error) => {
      logger.error({ err: error }, 'an inference batch was rejected');
    });
  }

  /** Loads, verifies and warms everything. Rejects with MODEL_INTEGRITY, MODEL_CONVERSION or ENGINE_UNAVAILABLE. */
  static async start(inference: Inference, threads: number, logger: Logger): Promise<OnnxEngine> {
    const { models, infos } = await loadModels(inference, logger);
    const setup: WorkerSetup = { models, provider: 'cpu', threads: 1, expression: inference.expression };
    const info: EngineInfo = {
      engine: 'onnx',
      requestedDevice: inference.device,
      device: 'cpu',
      threads,
      fallbackReason: null,
      models: infos,
    };
    const engine = new OnnxEngine(setup, info, logger);
    await engine.startWorkers(threads);
    return engine;
  }

  get concurrency(): number {
    return this.workers.length;
  }

  info(): EngineInfo {
    return this.engineInfo;
  }

  stats(): EngineStats {
    const { detections, descriptions, rejectedBatches } = this.batcher;
    return {
      detectRuns: detections.runs,
      detectRegions: detections.items,
      describeRuns: descriptions.runs,
      describedFaces: descriptions.items,
      rejectedBatches,
      workerRestarts: this.restarts,
      detectMs: detections.ms / Math.max(1, detections.runs),
      describeMs: descriptions.ms / Math.max(1, descriptions.runs),
    };
  }

  detect(job: DetectJob): Promise<FoundFace[]> {
    return this.batcher.detect(job);
  }

  async describe(job: DescribeJob): Promise<FaceDescription[]> {
    return job.faces.length === 0 ? [] : this.batcher.describe(job);
  }

  /** Nothing is kept per stream. */
  closeStream(_streamId: string): void {
    return undefined;
  }

  async close(): Promise<void> {
    if (this.closing) return;
    this.closing = true;
    this.batcher.close();
    await Promise.all(this.workers.map((worker) => worker.close()));
  }

  private async startWorkers(count: number): Promise<void> {
    const started = await Promise.allSettled(Array.from({ length: count }, () => this.startWorker()));
    const workers = started.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    const failed = started.find((result) => result.status === 'rejected');
    if (failed !== undefined) {
      this.closing = true;
      await Promise.all(workers.map((worker) => worker.close()));
      throw failed.reason;
    }
    this.workers = workers;
    this.batcher.use(workers);
  }

  private async startWorker(): Promise<OnnxWorker> {
    const handle = await WorkerHandle.start<OnnxTask, OnnxAnswer>(
      new URL('./worker.js', import.meta.url),
      this.setup,
      () => {
        if (!this.closing) void this.replace(handle);
      },
    );
    return handle;
  }

  private async replace(lost: OnnxWorker): Promise<void> {
    this.restarts += 1;
    this.workers = this.workers.filter((worker) => worker !== lost);
    this.batcher.use(this.workers);
    this.logger.error('an inference thread ended and is started again');
    try {
      const worker = await this.startWorker();
      this.workers = [...this.workers, worker];
      this.batcher.use(this.workers);
    } catch (error) {
      this.logger.error({ err: error }, 'the inference thread could not be started again');
    }
  }
}

const loadModels = async (inference: Inference, logger: Logger) => {
  const manifest = await readManifest();
  const folder = cacheFolder(inference.cache);
  const models: Record<string, Uint8Array> = {};
  const infos: ModelInfo[] = [];
  for (const name of MODELS) {
    const entry = manifest[name];
    if (entry === undefined) throw new EmoscopeError('MODEL_INTEGRITY', `The manifest has no model ${name}.`);
    const { bytes, cacheFault } = await onnxModel(name, entry, folder);
    if (cacheFault !== null) logger.warn({ err: cacheFault, name }, 'the converted model could not be cached');
    models[name] = bytes;
    infos.push(modelInfo(name, entry));
  }
  return { models, infos };
};
