import type { Worker } from 'node:worker_threads';
import { EmoscopeError } from '../../runtime/errors.js';
import { startWorker } from '../../runtime/process/worker.js';
import type { Rendered } from '../../report/render/rendered.js';
import type { ReportRequest } from './report-request.js';
import type { ReportAnswer, ReportWorkerData } from './report-worker.js';

interface Waiting {
  readonly request: ReportRequest;
  readonly signal: AbortSignal | undefined;
  readonly resolve: (rendered: Rendered) => void;
  readonly reject: (error: unknown) => void;
}

/** Loading what renders costs 0.4 s of a core, thirty tables' worth; a thread kept for good costs memory. */
const IDLE_MS = 60_000;

/**
 * Renders reports off the event loop, one at a time in a worker thread that ends when nobody asked for a minute: a PDF
 * shapes text for a tenth of a second and a month of minutes in XLSX takes seconds, which live frames must not wait
 * for. The queue is bounded: a request beyond it is refused with RATE_LIMITED. `registry` is the module whose `REPORTS` the
 * thread knows.
 */
export class ReportRenderer {
  private readonly queue: Waiting[] = [];
  private running: Waiting | null = null;
  private worker: Worker | null = null;
  private idle: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(
    readonly maxWaiting = 8,
    private readonly idleMs = IDLE_MS,
    private readonly registry = new URL('../registry.js', import.meta.url),
  ) {}

  /** Requests that wait for their turn; never more than `maxWaiting`. */
  get waiting(): number {
    return this.queue.length;
  }

  /** Whether a thread is kept. */
  get warm(): boolean {
    return this.worker !== null;
  }

  /** The finished file; an aborted signal takes the request out of the queue or stops its worker. */
  render(request: ReportRequest, signal?: AbortSignal): Promise<Rendered> {
    if (this.closed)
      return Promise.reject(
        new EmoscopeError('CONFLICT', {
          ru: 'Сервис останавливается: отчёты больше не готовятся.',
          en: 'Reports are not rendered any more: stopping.',
        }),
      );
    if (signal?.aborted === true) return Promise.reject(abortError());
    if (this.queue.length >= this.maxWaiting) {
      return Promise.reject(
        new EmoscopeError('RATE_LIMITED', {
          ru: 'Готовится слишком много отчётов; повторите через несколько секунд.',
          en: 'Too many reports are being made; try again in a few seconds.',
        }),
      );
    }
    return new Promise((resolve, reject) => {
      const waiting: Waiting = { request, signal, resolve, reject };
      this.queue.push(waiting);
      signal?.addEventListener(
        'abort',
        () => {
          const index = this.queue.indexOf(waiting);
          if (index >= 0) this.queue.splice(index, 1);
          reject(abortError());
          if (this.running === waiting) {
            void this.dropWorker();
            this.next();
          }
        },
        { once: true },
      );
      this.next();
    });
  }

  /** Stops the thread and refuses what waits; idempotent. */
  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.idle);
    const unfinished = [...(this.running === null ? [] : [this.running]), ...this.queue.splice(0)];
    for (const { reject } of unfinished)
      reject(new EmoscopeError('CONFLICT', { ru: 'Сервис останавливается.', en: 'Stopping.' }));
    await this.dropWorker();
  }

  private next(): void {
    if (this.running !== null) return;
    clearTimeout(this.idle);
    const waiting = this.queue.shift();
    if (waiting === undefined) {
      this.idle = setTimeout(() => void this.dropWorker(), this.idleMs).unref();
      return;
    }
    this.worker ??= this.startWorker();
    // Throws for a request that cannot cross to the thread, which must not count as running then.
    this.worker.postMessage(waiting.request);
    this.running = waiting;
  }

  /** Ends the thread; whatever it still says is not heard. */
  private async dropWorker(): Promise<void> {
    const { worker } = this;
    this.worker = null;
    this.running = null;
    await worker?.terminate();
  }

  private startWorker(): Worker {
    const worker = startWorker(new URL('./report-worker.js', import.meta.url), {
      workerData: { registry: this.registry.href } satisfies ReportWorkerData,
    });
    const heard = (act: () => void): void => {
      if (this.worker === worker) act();
    };
    worker.on('message', (answer: ReportAnswer) =>
      heard(() => {
        const { running } = this;
        this.running = null;
        if ('error' in answer) running?.reject(answer.error);
        else running?.resolve(answer.rendered);
        this.next();
      }),
    );
    worker.on('error', (error: unknown) => heard(() => this.running?.reject(error)));
    worker.once('exit', () =>
      heard(() => {
        // Does nothing when an error has come before.
        this.running?.reject(new EmoscopeError('INTERNAL', 'The report was not finished.'));
        void this.dropWorker();
        this.next();
      }),
    );
    return worker;
  }
}

const abortError = (): DOMException => new DOMException('The report was given up.', 'AbortError');
