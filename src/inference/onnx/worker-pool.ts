import type { Logger } from '../../runtime/logger.js';
import type { Batcher, OnnxWorker } from './batcher.js';
import type { Provider } from './choose-provider.js';

/** Starts one warm inference thread on a provider; `onExit` is called when it ends later on. */
export type StartWorker = (provider: Provider, onExit: () => void) => Promise<OnnxWorker>;

/** On the CPU a batch gains nothing over its parts, so small ones keep latency low; a GPU wants large ones. */
export const MAX_BATCH: Readonly<Record<Provider, number>> = { cpu: 4, webgpu: 32, cuda: 32 };

/** The inference threads of one engine: starts them, starts a lost one again, and moves all of them to another provider. */
export class WorkerPool {
  restarts = 0;
  private workers: OnnxWorker[] = [];
  private closing = false;
  /** Raised when the threads are exchanged, so that those of before are not started again. */
  private generation = 0;

  constructor(
    private readonly startWorker: StartWorker,
    private readonly batcher: Batcher,
    private readonly logger: Logger,
  ) {}

  get size(): number {
    return this.workers.length;
  }

  /** Replaces all threads by `count` on a provider. Rejects with ENGINE_UNAVAILABLE and then keeps the old ones. */
  async start(provider: Provider, count: number): Promise<void> {
    const generation = this.generation + 1;
    const started = await Promise.allSettled(Array.from({ length: count }, () => this.startOne(provider, generation)));
    const workers = started.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    const failed = started.find((result) => result.status === 'rejected');
    if (failed !== undefined || this.closing) {
      await Promise.all(workers.map((worker) => worker.close()));
      if (failed !== undefined) throw failed.reason;
      return;
    }
    const before = this.workers;
    this.generation = generation;
    this.workers = workers;
    this.batcher.use(workers, MAX_BATCH[provider]);
    await Promise.all(before.map((worker) => worker.close()));
  }

  async close(): Promise<void> {
    this.closing = true;
    await Promise.all(this.workers.map((worker) => worker.close()));
  }

  private async startOne(provider: Provider, generation: number): Promise<OnnxWorker> {
    const worker = await this.startWorker(provider, () => {
      if (!this.closing && this.generation === generation) void this.replace(worker, provider);
    });
    return worker;
  }

  private async replace(lost: OnnxWorker, provider: Provider): Promise<void> {
    this.restarts += 1;
    this.workers = this.workers.filter((worker) => worker !== lost);
    this.batcher.use(this.workers, MAX_BATCH[provider]);
    this.logger.error('an inference thread ended and is started again');
    const { generation } = this;
    try {
      const worker = await this.startOne(provider, generation);
      if (this.closing || this.generation !== generation) {
        await worker.close();
        return;
      }
      this.workers = [...this.workers, worker];
      this.batcher.use(this.workers, MAX_BATCH[provider]);
    } catch (error) {
      this.logger.error({ err: error }, 'the inference thread could not be started again');
    }
  }
}
