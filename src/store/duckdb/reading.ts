import type { DuckDBConnection } from '@duckdb/node-api';
import { EmoscopeError } from '../../runtime/errors.js';
import { storeError } from './file/faults.js';
import { Readers } from './readers.js';
import { Snapshots, type Snapshot } from './snapshots.js';

/** The reading side of an open database: connections for questions, and states that are fixed now and read later. */
export class Reading {
  private readers: Readers;
  private snapshots: Snapshots;
  private refused = false;

  constructor(private readonly connect: () => Promise<DuckDBConnection>) {
    this.readers = new Readers(connect);
    this.snapshots = new Snapshots(connect);
  }

  /** Lends a connection for one question; throws the store's errors, or the reason of a signal that aborts. */
  readonly ask = async <T>(work: (connection: DuckDBConnection) => Promise<T>, signal?: AbortSignal): Promise<T> => {
    this.refuseClosed();
    try {
      return await this.readers.use(work, signal);
    } catch (error) {
      signal?.throwIfAborted();
      throw storeError(error);
    }
  };

  /** A look of the store's own, which a store that is closing still takes. */
  look<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    return this.readers.use(work);
  }

  /** Fixes the present state. */
  fix(): Promise<Snapshot> {
    return this.snapshots.take();
  }

  /** From now on every question is refused. */
  refuse(): void {
    this.refused = true;
  }

  /** Throws STORE_CLOSED after `refuse`. */
  refuseClosed(): void {
    if (this.refused) throw new EmoscopeError('STORE_CLOSED', 'The store has been stopped');
  }

  /** Interrupts what is read and lets every connection go. */
  async letGo(reason: EmoscopeError): Promise<void> {
    await this.snapshots.close(reason);
    await this.readers.close(reason);
  }

  /** Begins anew with a database that was opened again. */
  begin(): void {
    this.readers = new Readers(this.connect);
    this.snapshots = new Snapshots(this.connect);
  }
}
