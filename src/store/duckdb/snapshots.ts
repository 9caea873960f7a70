import type { DuckDBConnection } from '@duckdb/node-api';
import type { EmoscopeError } from '../../runtime/errors.js';
import { readHorizon } from './sql/snapshot.js';

/** One state of the database, to be read once. */
export interface Snapshot {
  /** Reads it, in turn with other snapshots, and lets it go. */
  read<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T>;
}

/**
 * States of the database that are fixed at once and read later, one after another, on connections of their own: fixing
 * one never waits for a question that runs.
 */
export class Snapshots {
  private readonly open = new Map<DuckDBConnection, Promise<unknown>>();
  private last: Promise<unknown> = Promise.resolve();
  private closed: EmoscopeError | null = null;

  constructor(private readonly connect: () => Promise<DuckDBConnection>) {}

  /** Fixes the present state. */
  async take(): Promise<Snapshot> {
    const connection = await this.connect();
    this.open.set(connection, Promise.resolve());
    try {
      await connection.run('BEGIN TRANSACTION READ ONLY');
      // A transaction sees the state at its first look, not at its beginning.
      await readHorizon(connection);
    } catch (error) {
      this.letGo(connection);
      throw error;
    }
    const read = async <T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> => {
      try {
        if (this.closed !== null) throw this.closed;
        return await work(connection);
      } catch (error) {
        // What was interrupted says only that it was.
        throw this.closed ?? error;
      } finally {
        this.letGo(connection);
      }
    };
    return {
      read: (work) => {
        const reading = this.last.then(() => read(work));
        this.last = reading.catch(() => undefined);
        this.open.set(connection, this.last);
        return reading;
      },
    };
  }

  /** Interrupts what is read and refuses what waits; resolves when every connection is closed. */
  async close(reason: EmoscopeError): Promise<void> {
    this.closed = reason;
    for (const connection of this.open.keys()) connection.interrupt();
    await Promise.all(this.open.values());
    for (const connection of [...this.open.keys()]) this.letGo(connection);
  }

  private letGo(connection: DuckDBConnection): void {
    // Its transaction ends with it.
    if (this.open.delete(connection)) connection.closeSync();
  }
}
