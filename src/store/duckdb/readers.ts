import type { DuckDBConnection } from '@duckdb/node-api';
import { EmoscopeError } from '../../runtime/errors.js';

/**
 * A few connections for questions. Each running question holds one of the process's four I/O threads, so they are kept
 * to two and the writer always finds one free.
 */
export class Readers {
  private readonly idle: DuckDBConnection[] = [];
  private readonly queue: (() => void)[] = [];
  private readonly busy = new Set<DuckDBConnection>();
  private active = 0;
  private closed: EmoscopeError | null = null;

  constructor(
    private readonly connect: () => Promise<DuckDBConnection>,
    private readonly limit = 2,
  ) {}

  /** Lends a connection for several statements. */
  async use<T>(work: (connection: DuckDBConnection) => Promise<T>, signal?: AbortSignal): Promise<T> {
    await this.turn();
    try {
      signal?.throwIfAborted();
      if (this.closed !== null) throw this.closed;
      const connection = this.idle.pop() ?? (await this.connect());
      this.busy.add(connection);
      const interrupt = () => connection.interrupt();
      signal?.addEventListener('abort', interrupt, { once: true });
      try {
        return await work(connection);
      } finally {
        signal?.removeEventListener('abort', interrupt);
        this.busy.delete(connection);
        this.idle.push(connection);
      }
    } finally {
      this.active -= 1;
      if (this.closed !== null) for (const wake of this.queue.splice(0)) wake();
      else this.queue.shift()?.();
    }
  }

  /** Interrupts what runs, refuses what waits, and resolves when every connection is closed. */
  async close(reason: EmoscopeError): Promise<void> {
    this.closed = reason;
    for (const connection of this.busy) connection.interrupt();
    // A returned connection is idle again, so all are closed here.
    while (this.active > 0) await new Promise<void>((resolve) => this.queue.push(resolve));
    for (const connection of this.idle.splice(0)) connection.closeSync();
  }

  private async turn(): Promise<void> {
    while (this.active >= this.limit) await new Promise<void>((resolve) => this.queue.push(resolve));
    this.active += 1;
  }
}
