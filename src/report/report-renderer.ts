import { EmoscopeError } from '../runtime/errors.js';
import { startWorker } from '../runtime/worker.js';
import type { Rendered } from './render/rendered.js';
import type { ReportRequest } from './report-request.js';

interface Waiting {
  readonly request: ReportRequest;
  readonly signal: AbortSignal | undefined;
  readonly resolve: (rendered: Rendered) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Renders reports off the event loop, one at a time in a short-lived worker thread: a PDF shapes text for a tenth of a
 * second and a month of minutes in XLSX takes seconds, which live frames must not wait for. The queue is bounded: a
 * request beyond it is refused with RATE_LIMITED.
 */
export class ReportRenderer {
  private readonly queue: Waiting[] = [];
  private running: { readonly stop: () => Promise<unknown> } | null = null;
  private closed = false;

  constructor(readonly maxWaiting = 8) {}

  /** Requests that wait for their turn; never more than `maxWaiting`. */
  get waiting(): number {
    return this.queue.length;
  }

  /** The finished file; an aborted signal takes the request out of the queue or stops its worker. */
  render(request: ReportRequest, signal?: AbortSignal): Promise<Rendered> {
    if (this.closed)
      return Promise.reject(new EmoscopeError('CONFLICT', 'Reports are not rendered any more: stopping.'));
    if (signal?.aborted === true) return Promise.reject(abortError());
    if (this.queue.length >= this.maxWaiting) {
      return Promise.reject(
        new EmoscopeError('RATE_LIMITED', 'Too many reports are being made; try again in a few seconds.'),
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
        },
        { once: true },
      );
      this.next();
    });
  }

  /** Stops the running worker and refuses what waits; idempotent. */
  async close(): Promise<void> {
    this.closed = true;
    for (const { reject } of this.queue.splice(0)) reject(new EmoscopeError('CONFLICT', 'Stopping.'));
    await this.running?.stop();
  }

  private next(): void {
    if (this.running !== null) return;
    const waiting = this.queue.shift();
    if (waiting === undefined) return;
    const worker = startWorker(new URL('./report-worker.js', import.meta.url), { workerData: waiting.request });
    const stop = (): Promise<unknown> => worker.terminate();
    this.running = { stop };
    const onAbort = (): void => void stop();
    waiting.signal?.addEventListener('abort', onAbort, { once: true });
    worker.once('message', (rendered: Rendered) => waiting.resolve(rendered));
    worker.once('error', (error: unknown) => waiting.reject(error));
    worker.once('exit', () => {
      waiting.signal?.removeEventListener('abort', onAbort);
      // Does nothing when the file or an error has come before.
      waiting.reject(new EmoscopeError('INTERNAL', 'The report was not finished.'));
      this.running = null;
      this.next();
    });
  }
}

const abortError = (): DOMException => new DOMException('The report was given up.', 'AbortError');
