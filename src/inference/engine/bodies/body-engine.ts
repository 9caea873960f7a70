import type { Config } from '../../../config/schema.js';
import type { ModelInfo } from '../../../contracts/service/models.js';
import { EmoscopeError, type ErrorCode } from '../../../runtime/errors.js';
import type { Logger } from '../../../runtime/logger.js';
import { modelInfo, readManifest } from '../../models/manifest.js';
import { cacheFolder, onnxModel } from '../../models/model-cache.js';
import type { SharedPicture } from '../../pixels/picture.js';
import { WorkRecord } from '../work-record.js';
import { WorkerHandle } from '../worker-handle.js';
import type { FoundBody } from './centernet.js';
import type { BodyAnswer, BodySetup, BodyTask } from './worker-protocol.js';

type BodyWorker = WorkerHandle<BodyTask, BodyAnswer>;

/**
 * Finds people, not faces, for the counters at doors: a small network on the CPU in a thread of its own, whichever engine
 * looks for faces. The thread starts with the first counter, so that a service without any has neither thread nor model.
 */
export class BodyEngine {
  readonly work = new WorkRecord();
  private worker: Promise<BodyWorker> | null = null;
  private loaded: ModelInfo | null = null;
  private closed = false;

  constructor(
    private readonly inference: Pick<Config['inference'], 'cache'>,
    private readonly logger: Logger,
  ) {}

  /** The network in use; none before the first counter. */
  get models(): readonly ModelInfo[] {
    return this.loaded === null ? [] : [this.loaded];
  }

  /** Loads the network and warms it, so that the first frame need not wait. Rejects as `detect` does. */
  async warm(): Promise<void> {
    await this.started();
  }

  /** Bodies by falling score. Rejects with MODEL_INTEGRITY, MODEL_CONVERSION, ENGINE_UNAVAILABLE, ENGINE_OUTPUT or ENGINE_CLOSED. */
  async detect(picture: SharedPicture): Promise<readonly FoundBody[]> {
    if (this.closed) throw new EmoscopeError('ENGINE_CLOSED', 'The inference engine has been stopped.');
    const worker = await this.started();
    const answer = await worker.run({ picture });
    if (answer.kind === 'failed') throw new EmoscopeError(answer.code as ErrorCode, answer.message);
    this.work.add(1, answer.ms);
    return answer.bodies;
  }

  async close(): Promise<void> {
    this.closed = true;
    const worker = await this.worker?.catch(() => null);
    this.worker = null;
    await worker?.close();
  }

  /** A thread that could not be started or was lost is started anew with the next frame. */
  private started(): Promise<BodyWorker> {
    if (this.worker !== null) return this.worker;
    const worker = this.start(() => {
      if (this.closed || this.worker !== worker) return;
      this.worker = null;
      this.logger.error('the thread that looks for bodies ended; the next frame starts another');
    });
    this.worker = worker;
    worker.catch(() => {
      if (this.worker === worker) this.worker = null;
    });
    return worker;
  }

  private async start(onExit: () => void): Promise<BodyWorker> {
    const entry = (await readManifest())['centernet'];
    if (entry === undefined) throw new EmoscopeError('MODEL_INTEGRITY', 'The manifest has no model centernet.');
    const { bytes, cacheFault } = await onnxModel('centernet', entry, cacheFolder(this.inference.cache));
    if (cacheFault !== null)
      this.logger.warn({ err: cacheFault, name: 'centernet' }, 'the converted model could not be cached');
    const setup: BodySetup = { model: bytes };
    const worker = await WorkerHandle.start<BodyTask, BodyAnswer>(
      new URL('./worker.js', import.meta.url),
      setup,
      onExit,
    );
    this.loaded = modelInfo('centernet', entry);
    return worker;
  }
}
