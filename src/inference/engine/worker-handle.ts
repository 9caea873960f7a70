import type { Worker } from 'node:worker_threads';
import { EmoscopeError } from '../../runtime/errors.js';
import { startWorker } from '../../runtime/process/worker.js';

/** What an inference thread says besides its answers. */
export type WorkerNews = { readonly kind: 'ready' } | { readonly kind: 'refused'; readonly message: string };

/** A task that could not be done, with the code of what was thrown. */
export interface TaskFailure {
  readonly kind: 'failed';
  readonly code: string;
  readonly message: string;
}

interface Pending<Answer> {
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

/** One inference thread as seen from the main thread: does one task after the other, answers in order, and can be closed. */
export class WorkerHandle<Task, Answer extends { readonly kind: string }> {
  private readonly pending: Pending<Answer>[] = [];
  private starting: ((refusal: string | null) => void) | null = null;
  private readonly exited: Promise<void>;

  private constructor(
    private readonly worker: Worker,
    onExit: () => void,
  ) {
    worker.on('message', (reply: Answer | WorkerNews) => this.take(reply));
    worker.on('error', (cause) => this.abandon(cause));
    this.exited = new Promise((resolve) => {
      worker.once('exit', () => {
        this.abandon(undefined);
        onExit();
        resolve();
      });
    });
  }

  /** Starts a module as a thread and waits until its models are warm. Rejects with ENGINE_UNAVAILABLE. */
  static async start<Task, Answer extends { readonly kind: string }>(
    module: URL,
    setup: unknown,
    onExit: () => void,
  ): Promise<WorkerHandle<Task, Answer>> {
    const worker = startWorker(module, { workerData: setup });
    let running = false;
    const handle = new WorkerHandle<Task, Answer>(worker, () => {
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

  /** Tasks given and not yet answered. */
  get load(): number {
    return this.pending.length;
  }

  run(task: Task): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.pending.push({ resolve, reject });
      this.worker.postMessage(task);
    });
  }

  async close(): Promise<void> {
    this.worker.postMessage({ kind: 'close' });
    await this.exited;
  }

  private take(reply: Answer | WorkerNews): void {
    if (isNews(reply)) {
      this.starting?.(reply.kind === 'ready' ? null : reply.message);
      return;
    }
    this.pending.shift()?.resolve(reply);
  }

  private abandon(cause: unknown): void {
    this.starting?.(cause instanceof Error ? cause.message : 'it ended at once');
    for (const { reject } of this.pending.splice(0))
      reject(new EmoscopeError('ENGINE_OUTPUT', 'The inference thread ended in the middle of a batch.', { cause }));
  }
}

const isNews = (reply: { readonly kind: string }): reply is WorkerNews =>
  reply.kind === 'ready' || reply.kind === 'refused';
