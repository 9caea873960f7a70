import { Backoff } from '../../../runtime/backoff.js';
import { EmoscopeError } from '../../../runtime/errors.js';
import type { Logger } from '../../../runtime/logger.js';
import { pause } from '../../../runtime/wait.js';
import type { Batcher, OnnxWorker } from './batcher.js';
import type { Provider } from './choose-provider.js';

/** Starts one warm inference thread on a provider; `onExit` is called when it ends later on. */
export type StartWorker = (provider: Provider, onExit: () => void) => Promise<OnnxWorker>;

/** Jobs that one thread is given at once: few on the CPU keep latency low, a GPU wants many. How many rows one run of a network takes is the thread's matter. */
export const MAX_JOBS: Readonly<Record<Provider, number>> = { cpu: 4, webgpu: 32, cuda: 32 };

const RESTART_BACKOFF = { firstMs: 1000, maxMs: 30_000, factor: 2, jitter: 0.3 };

/** The inference threads of one engine: starts them, starts a lost one again, and moves all of them to another provider. */
export class WorkerPool {
  restarts = 0;
  private workers: OnnxWorker[] = [];
  private readonly closing = new AbortController();
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
    if (failed !== undefined || this.closing.signal.aborted) {
      await Promise.all(workers.map((worker) => worker.close()));
      if (failed !== undefined) throw failed.reason;
      return;
    }
    const before = this.workers;
    this.generation = generation;
    this.workers = workers;
    this.batcher.use(workers, MAX_JOBS[provider]);
    await Promise.all(before.map((worker) => worker.close()));
  }

  async close(): Promise<void> {
    this.closing.abort();
    await Promise.all(this.workers.map((worker) => worker.close()));
  }

  private async startOne(provider: Provider, generation: number): Promise<OnnxWorker> {
    const worker = await this.startWorker(provider, () => {
      if (this.wants(generation)) void this.replace(worker, provider);
    });
    return worker;
  }

  private async replace(lost: OnnxWorker, provider: Provider): Promise<void> {
    this.restarts += 1;
    this.workers = this.workers.filter((worker) => worker !== lost);
    this.batcher.use(this.workers, MAX_JOBS[provider]);
    this.logger.error('an inference thread ended and is started again');
    const { generation } = this;
    const backoff = new Backoff(RESTART_BACKOFF);
    while (this.wants(generation)) {
      try {
        const worker = await this.startOne(provider, generation);
        if (this.wants(generation)) this.adopt(worker, provider);
        else await worker.close();
        return;
      } catch (error) {
        this.logger.error({ err: error }, 'the inference thread could not be started again');
        if (this.workers.length === 0) this.batcher.refuse(unavailable(error));
        await pause(backoff.next(), this.closing.signal);
      }
    }
  }

  private adopt(worker: OnnxWorker, provider: Provider): void {
    this.workers = [...this.workers, worker];
    this.batcher.use(this.workers, MAX_JOBS[provider]);
    this.logger.info('an inference thread works again');
  }

  /** Whether threads of this generation are still the ones to work with. */
  private wants(generation: number): boolean {
    return !this.closing.signal.aborted && this.generation === generation;
  }
}

const unavailable = (cause: unknown): EmoscopeError =>
  new EmoscopeError('ENGINE_UNAVAILABLE', 'No inference thread can be started.', { cause });
