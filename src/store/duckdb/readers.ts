import type { DuckDBConnection } from '@duckdb/node-api';
import { EmoscopeError } from '../../runtime/errors.js';

/** Most questions of clients that may wait; sixty of them with a page of charts each stay below. */
const MOST_WAITING = 500;

/** An interrupt ends a statement, and there may be more of them. */
const INTERRUPT_EVERY_MS = 20;

/** Interrupts what a connection does from the moment the signal aborts on, until told to stop. */
const interruptOnAbort = (connection: DuckDBConnection, signal: AbortSignal): (() => void) => {
  let again: NodeJS.Timeout | undefined;
  const interrupt = (): void => {
    connection.interrupt();
    again = setInterval(() => connection.interrupt(), INTERRUPT_EVERY_MS);
  };
  signal.addEventListener('abort', interrupt, { once: true });
  return () => {
    signal.removeEventListener('abort', interrupt);
    clearInterval(again);
  };
};

/**
 * A few connections for questions. Each running question holds one of the process's four I/O threads, so they are kept
 * to two and the writer always finds one free. A question with a signal is a client's: it leaves the queue or is interrupted
 * when the client has gone, and too many of them at once are refused with RATE_LIMITED.
 */
export class Readers {
  private readonly idle: DuckDBConnection[] = [];
  /** What takes the place that becomes free. */
  private readonly queue: (() => void)[] = [];
  private active = 0;
  /** Those who wait until no question runs any more. */
  private readonly whenEmpty: (() => void)[] = [];
  private readonly closing = new AbortController();

  constructor(
    private readonly connect: () => Promise<DuckDBConnection>,
    private readonly limit = 2,
    private readonly mostWaiting = MOST_WAITING,
  ) {}

  /** Lends a connection for several statements. */
  async use<T>(work: (connection: DuckDBConnection) => Promise<T>, signal?: AbortSignal): Promise<T> {
    // One who has gone and asks for more does not wait first.
    signal?.throwIfAborted();
    await this.turn(signal);
    try {
      const ends = signal === undefined ? this.closing.signal : AbortSignal.any([signal, this.closing.signal]);
      ends.throwIfAborted();
      const connection = this.idle.pop() ?? (await this.connect());
      const stop = interruptOnAbort(connection, ends);
      try {
        ends.throwIfAborted();
        return await work(connection);
      } finally {
        stop();
        // An interrupt may have met the end of a transaction, too.
        if (ends.aborted) connection.closeSync();
        else this.idle.push(connection);
      }
    } finally {
      this.passOn();
    }
  }

  /** Interrupts what runs, refuses what waits, and resolves when every connection is closed. */
  async close(reason: EmoscopeError): Promise<void> {
    this.closing.abort(reason);
    // What waits is refused in its turn.
    if (this.active > 0) await new Promise<void>((resolve) => this.whenEmpty.push(resolve));
    for (const connection of this.idle.splice(0)) connection.closeSync();
  }

  /** Gives a place to the next who waits. */
  private passOn(): void {
    const next = this.queue.shift();
    if (next !== undefined) {
      next();
      return;
    }
    this.active -= 1;
    if (this.active === 0) for (const resolve of this.whenEmpty.splice(0)) resolve();
  }

  /** Waits for a place; it is the caller's then. Throws RATE_LIMITED, or the signal's reason. */
  private turn(signal?: AbortSignal): Promise<void> {
    if (this.active < this.limit) {
      this.active += 1;
      return Promise.resolve();
    }
    if (signal !== undefined && this.queue.length >= this.mostWaiting) {
      return Promise.reject(
        new EmoscopeError('RATE_LIMITED', {
          ru: 'К базе сейчас слишком много вопросов; повторите через несколько секунд.',
          en: 'Too many questions are being asked just now; try again in a few seconds.',
        }),
      );
    }
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.queue.splice(this.queue.indexOf(start), 1);
        reject(signal?.reason as Error);
      };
      const start = (): void => {
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      this.queue.push(start);
      signal?.addEventListener('abort', leave, { once: true });
    });
  }
}
