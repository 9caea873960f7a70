import { resolveTimeZone } from '../../config/environment.js';
import type { Config } from '../../config/schema.js';
import type { ReportSources } from '../../reporting/report-sources.js';
import { systemClock } from '../../runtime/clock.js';
import type { Logger } from '../../runtime/logger.js';
import { openStore } from '../../store/open-store.js';
import type { Store } from '../../store/ports/store.js';
import { LocalTime } from '../../time/local-time.js';
import { CellMaker } from '../cells/cell-maker.js';
import { judgeStoredContacts } from '../upkeep/judge-stored-contacts.js';
import { sumUpLostVisits } from '../upkeep/lost-visits.js';

/** Opens the configured store for some work without the service; rejects like `openStore`. */
export const withStore = async <T>(config: Config, logger: Logger, work: (store: Store) => Promise<T>): Promise<T> => {
  const store = await openStore(config.store, logger);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
};

/** What reports are made from, of the configured store as the service would have left it. */
export const withStoredFigures = <T>(
  config: Config,
  logger: Logger,
  work: (sources: ReportSources) => Promise<T>,
): Promise<T> =>
  withStore(config, logger, async (store) => {
    await judgeStoredContacts(store, config.metrics);
    await sumUpLostVisits(store, await store.lostVisits(systemClock.now()));
    const localTime = new LocalTime(resolveTimeZone(config.site.timeZone));
    await new CellMaker({ store, localTime, clock: systemClock, privacy: () => config.privacy }).run();
    return work({ store, config: () => config, localTime, clock: systemClock });
  });
