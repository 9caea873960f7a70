import type { Config } from '../../config/schema.js';
import type { Logger } from '../../runtime/logger.js';
import { restoreStore } from '../../store/open-store.js';
import { audited, type Actor } from './audited.js';
import { withStore } from './stored-figures.js';

/** Writes a consistent copy of the configured store, with an entry in the audit log; rejects with STORE_LOCKED while a service holds it. */
export const backUpStore = (config: Config, logger: Logger, actor: Actor, file: string): Promise<void> =>
  withStore(config, logger, (store) => {
    const act = { kind: 'personal-data', action: 'store.backup', target: null } as const;
    return audited(config, actor, act, () => store.backup(file));
  });

/** Puts a backup in the place of the configured store, which must not be open. */
export const restoreFrom = (config: Config, file: string): Promise<void> => restoreStore(config.store, file);
