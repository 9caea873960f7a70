import type { Worker } from 'node:worker_threads';
import { EmoscopeError } from '../../runtime/errors.js';
import { startWorker } from '../../runtime/worker.js';
import type { WorkerReply, WorkerRequest, WorkerSetup } from './worker-protocol.js';

export type WorkerTask = Exclude<WorkerRequest, { kind: 'close' }>;
export type WorkerAnswer = Extract<WorkerReply, { kind: 'detected' | 'described' | 'failed' }>;

/** One inference thread as seen from the main thread; does one task at a time. */
export class WorkerHandle {
  private pending: { resolve(answer: WorkerAnswer): void; reject(error: unknown): void } | null = null;
  private starting: ((refusal: string | null) => void) | null = null;
  private readonly exited: Promise<void>;

  private constructor(
    private readonly worker: Worker,
    onExit: () => void,
  ) {
    worker.on('message', (reply: WorkerReply) => this.take(reply));
    worker.on('error', (cause) => this.abandon(cause));
    this.exited = new Promise((resolve) => {
      worker.once('exit', () => {
        this.abandon(undefined);
        onExit();
        resolve();
      });
    });
  }

  /** Starts the thread and waits until its models are warm. Rejects with ENGINE_UNAVAILABLE. */
  static async start(setup: WorkerSetup, onExit: () => void): Promise<WorkerHandle> {
    const worker = startWorker(new URL('./worker.js', import.meta.url), { workerData: setup });
    let running = false;
    const handle = new WorkerHandle(worker, () => {
      if (running) onExit();
    });
    const refusal = await new Promise<string | null>((resolve) => {
      handle.starting = resolve;
    });
    if (refusal === null) {
      running = true;
      return handle;
    }
    await worker.terminate();
    throw new EmoscopeError('ENGINE_UNAVAILABLE', `The inference thread did not start: ${refusal}`);
  }

  get busy(): boolean {
    return this.pending !== null;
  }

  run(task: WorkerTask): Promise<WorkerAnswer> {
    return new Promise((resolve, reject) => {
      this.pending = { resolve, reject };
      this.worker.postMessage(task);
    });
  }

  async close(): Promise<void> {
    this.worker.postMessage({ kind: 'close' } satisfies WorkerRequest);
    await this.exited;
  }

  private take(reply: WorkerReply): void {
    if (reply.kind === 'ready' || reply.kind === 'refused') {
      this.starting?.(reply.kind === 'ready' ? null : reply.message);
      return;
    }
    const { pending } = this;
    this.pending = null;
    pending?.resolve(reply);
  }

  private abandon(cause: unknown): void {
    this.starting?.(cause instanceof Error ? cause.message : 'it ended at once');
    const { pending } = this;
    this.pending = null;
    pending?.reject(
      new EmoscopeError('ENGINE_OUTPUT', 'The inference thread ended in the middle of a batch.', { cause }),
    );
  }
}
