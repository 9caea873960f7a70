import type { Logger } from '../../../runtime/logger.js';
import type { Committer } from '../../committer.js';
import type { Database } from './database.js';

/** When the log is folded into the file. */
export interface LogFolding {
  readonly limitBytes: number;
  readonly lookEveryMs: number;
  /** Room the disk must have beyond twice the log: a fold that runs out of room costs opening the file anew. */
  readonly spareBytes: number;
}

/**
 * Folding beyond 4 MiB, five minutes of eight busy cameras, bounds the time a restart needs to replay the log, and the
 * rows that DuckDB holds in memory until they are folded.
 */
export const LOG_FOLDING: LogFolding = {
  limitBytes: 4 * 1024 * 1024,
  lookEveryMs: 5000,
  spareBytes: 32 * 1024 * 1024,
};

/** Folds the log into the file between two commits. */
export class LogFolder {
  constructor(
    private readonly committer: Committer,
    /** The open database, which changes when it had to be opened anew. */
    private readonly database: () => Database,
    readonly folding: LogFolding,
    private readonly logger: Logger,
  ) {}

  /** Folds a log that has grown, where the disk has room for it and takes rows. */
  async foldWhenLong(): Promise<void> {
    const { walBytes, freeBytes } = await this.database().fileSizes();
    const { limitBytes, spareBytes } = this.folding;
    if (walBytes <= limitBytes || freeBytes < 2 * walBytes + spareBytes) return;
    if (this.committer.state.reason === null) await this.fold();
  }

  /** Fails while a reader needs the old state; the next look tries again. */
  fold(): Promise<void> {
    return this.committer
      .exclusive(() => this.database().checkpoint())
      .catch((error: unknown) => {
        this.committer.noteFault(error);
        this.logger.debug({ err: error }, 'store: checkpoint put off');
      });
  }
}
