import type { Config } from '../config/schema.js';
import { durationMs } from '../time/duration.js';
import type { Clock } from '../runtime/clock.js';
import type { Logger } from '../runtime/logger.js';
import { restoreDatabase } from './duckdb/file/backup.js';
import { DuckdbStore } from './duckdb/store.js';
import type { Store } from './ports/store.js';

/** The database's file; `:memory:` where nothing is kept on disk. */
export const databasePath = ({ kind, path }: Pick<Config['store'], 'kind' | 'path'>): string =>
  kind === 'memory' ? ':memory:' : path;

/** Opens the configured store; throws STORE_LOCKED, STORE_CORRUPT, STORE_TOO_NEW, STORE_WRITE. */
export const openStore = (config: Config['store'], logger: Logger, clock?: Clock): Promise<Store> =>
  DuckdbStore.open({
    path: databasePath(config),
    memoryLimitMb: config.memoryLimitMb,
    maxBufferedRows: config.maxBufferedRows,
    retention: {
      samplesMs: durationMs(config.retention.samples),
      rollupsMs: durationMs(config.retention.rollups),
      from: config.kind === 'memory' ? 'newest' : 'now',
    },
    logger,
    ...(clock === undefined ? {} : { clock }),
  });

/**
 * Puts a backup in the place of the configured store, which must not be open; the one that was there is kept beside it as
 * `<path>.before-restore`. Throws STORE_LOCKED, STORE_CORRUPT, STORE_TOO_NEW.
 */
export const restoreStore = ({ path, memoryLimitMb }: Config['store'], backupPath: string): Promise<void> =>
  restoreDatabase(backupPath, path, memoryLimitMb);
