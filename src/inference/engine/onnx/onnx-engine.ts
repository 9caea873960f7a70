import type { Config } from '../../../config/schema.js';
import type { EngineInfo, ModelInfo } from '../../../contracts/service/models.js';
import { EmoscopeError } from '../../../runtime/errors.js';
import type { Logger } from '../../../runtime/logger.js';
import type { DescribeJob, DetectJob, EngineStats, FaceEngine, FoundFace } from '../port.js';
import type { FaceDescription } from '../../describe/face-description.js';
import { ownWeightsInfo } from './own-weights-info.js';
import { modelInfo, readManifest } from '../../models/manifest.js';
import { addedModel } from '../../models/added/added-models.js';
import { cacheFolder, onnxModel } from '../../models/model-cache.js';
import { WorkerHandle } from '../worker-handle.js';
import { Batcher } from './batcher.js';
import { type Provider, providersFor } from './choose-provider.js';
import { MAX_JOBS, type StartWorker, WorkerPool } from './worker-pool.js';
import type { OnnxAnswer, OnnxTask, WorkerSetup } from './worker-protocol.js';

type Inference = Config['inference'];

const MODELS = {
  fast: ['facemesh', 'face_expression', 'age_gender'],
  best: ['facemesh', 'face_expression', 'age_gender', 'emotion'],
} as const;

/** What an engine is started with; tests bring their own threads. */
export interface OnnxEngineParts {
  readonly infos: readonly ModelInfo[];
  readonly startWorker: StartWorker;
}

/** ONNX Runtime in worker threads: one thread per core on the CPU, a single one that batches on a GPU. */
export class OnnxEngine implements FaceEngine {
  private readonly batcher: Batcher;
  private readonly pool: WorkerPool;
  private demotion: Promise<void> | null = null;
  private closed = false;
  private meshedFaces = 0;
  private attributedFaces = 0;

  private constructor(
    private readonly parts: OnnxEngineParts,
    private readonly requestedDevice: string,
    private readonly threads: number,
    private readonly logger: Logger,
    private device: Provider,
    private fallbackReason: string | null,
  ) {
    this.batcher = new Batcher((error) => this.onRejected(error));
    this.pool = new WorkerPool(parts.startWorker, this.batcher, logger);
  }

  /** Loads, verifies and warms everything. Rejects with MODEL_INTEGRITY, MODEL_CONVERSION or ENGINE_UNAVAILABLE. */
  static async start(
    inference: Inference,
    threads: number,
    logger: Logger,
    given?: OnnxEngineParts,
  ): Promise<OnnxEngine> {
    const parts = given ?? (await realParts(inference, logger));
    let reason: string | null = null;
    for (const provider of providersFor(inference.device)) {
      const engine = new OnnxEngine(parts, inference.device, threads, logger, provider, reason);
      try {
        await engine.pool.start(provider, provider === 'cpu' ? threads : 1);
        return engine;
      } catch (error) {
        if (provider === 'cpu') throw error;
        const message = error instanceof Error ? error.message : String(error);
        logger.warn({ err: error, device: provider }, 'the device cannot be used; falling back');
        if (inference.device !== 'auto') reason = `${provider} cannot be used: ${message}`;
      }
    }
    throw new EmoscopeError('ENGINE_UNAVAILABLE', 'No device could be started.');
  }

  get concurrency(): number {
    return this.device === 'cpu' ? this.threads : MAX_JOBS[this.device];
  }

  info(): EngineInfo {
    const { requestedDevice, device, threads, fallbackReason } = this;
    return { engine: 'onnx', requestedDevice, device, threads, fallbackReason, models: this.parts.infos };
  }

  stats(): EngineStats {
    const { detections, descriptions, rejectedBatches } = this.batcher;
    return {
      detectRuns: detections.runs,
      detectRegions: detections.items,
      describeRuns: descriptions.runs,
      describedFaces: descriptions.items,
      meshedFaces: this.meshedFaces,
      attributedFaces: this.attributedFaces,
      rejectedBatches,
      workerRestarts: this.pool.restarts,
      available: this.batcher.available,
      detectMs: detections.meanMs,
      describeMs: descriptions.meanMs,
      stages: { detect: detections.data(), describe: descriptions.data() },
    };
  }

  detect(job: DetectJob): Promise<FoundFace[]> {
    return this.batcher.detect(job);
  }

  async describe(job: DescribeJob): Promise<FaceDescription[]> {
    if (job.faces.length === 0) return [];
    const descriptions = await this.batcher.describe(job);
    this.meshedFaces += job.faces.filter(({ shape }) => !shape).length;
    this.attributedFaces += job.faces.filter(({ attributes }) => attributes).length;
    return descriptions;
  }

  /** Nothing is kept per stream. */
  closeStream(_streamId: string): void {
    return undefined;
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    this.batcher.close();
    await this.demotion;
    await this.pool.close();
  }

  /** A device that computes nonsense once is not asked again: the work goes to the CPU. */
  private onRejected(error: EmoscopeError): void {
    this.logger.error({ err: error, device: this.device }, 'an inference batch was rejected');
    if (error.code !== 'ENGINE_OUTPUT' || this.device === 'cpu' || this.demotion !== null || this.closed) return;
    this.demotion = this.pool.start('cpu', this.threads).then(
      () => {
        this.fallbackReason = `${this.device} returned values that are not finite`;
        this.device = 'cpu';
        this.logger.error(this.fallbackReason);
      },
      (cause: unknown) => this.logger.error({ err: cause }, 'the CPU could not take over'),
    );
  }
}

const realParts = async (inference: Inference, logger: Logger): Promise<OnnxEngineParts> => {
  const manifest = await readManifest();
  const folder = cacheFolder(inference.cache);
  const models: Record<string, Uint8Array> = {};
  const infos: ModelInfo[] = [];
  const added = inference.detector === 'yunet' ? await addedModel(inference.cache, 'yunet') : null;
  if (added !== null) {
    models['yunet'] = added.bytes;
    infos.push(added.info);
  }
  const own = added === null ? ['blazeface'] : [];
  for (const name of [...own, ...MODELS[inference.expression]]) {
    const entry = manifest[name];
    if (entry === undefined) throw new EmoscopeError('MODEL_INTEGRITY', `The manifest has no model ${name}.`);
    const { bytes, cacheFault } = await onnxModel(name, entry, folder);
    if (cacheFault !== null) logger.warn({ err: cacheFault, name }, 'the converted model could not be cached');
    models[name] = bytes;
    infos.push(modelInfo(name, entry));
  }
  if (inference.expression === 'best') infos.push(...(await ownWeightsInfo()));
  const yunetSize = added?.size ?? null;
  const startWorker: StartWorker = (provider, onExit) => {
    const setup: WorkerSetup = { models, provider, threads: 1, expression: inference.expression, yunetSize };
    return WorkerHandle.start<OnnxTask, OnnxAnswer>(new URL('./worker.js', import.meta.url), setup, onExit);
  };
  return { infos, startWorker };
};
