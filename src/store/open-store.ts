import type { Config } from '../config/schema.js';
import { durationMs } from '../config/duration.js';
import type { Clock } from '../runtime/clock.js';
import type { Logger } from '../runtime/logger.js';
import { DuckdbStore } from './duckdb/store.js';
import type { Store } from './port.js';

/** Opens the configured store; throws STORE_LOCKED, STORE_CORRUPT, STORE_TOO_NEW, STORE_WRITE. */
export const openStore = (config: Config['store'], logger: Logger, clock?: Clock): Promise<Store> =>
  DuckdbStore.open({
    path: config.kind === 'memory' ? ':memory:' : config.path,
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
