import type { Passed } from '../../metrics/counts/door-counter.js';
import { EmoscopeError } from '../../runtime/errors.js';
import type { ObservationReader } from '../../store/ports/observation-reader.js';
import type { PastSources } from './past.js';

/** What each of these counters has counted today, by id; one without any is missing. */
export type PassedToday = (streamIds: readonly string[]) => Promise<ReadonlyMap<string, Passed>>;

type PassedSources = Omit<PastSources, 'store' | 'threshold'> & { readonly store: Pick<ObservationReader, 'counts'> };

/** Reads what counters go on from; to be asked before a counter's first frame, as `pastFrom` is. A store that cannot be read leaves it out. */
export const passedTodayFrom =
  ({ store, localTime, clock, logger }: PassedSources): PassedToday =>
  async (streamIds) => {
    if (streamIds.length === 0) return new Map();
    const now = clock.now();
    const fromTs = localTime.startOfDay(now);
    const period = { fromTs, toTs: localTime.startOfDay(now, 1), bucketStarts: [fromTs] };
    try {
      const sums = await store.counts({ ...period, places: streamIds, counters: ['visitor'] });
      const passed = new Map<string, { in: number; out: number }>();
      for (const { placeId, direction, n } of sums) {
        const own = passed.get(placeId) ?? { in: 0, out: 0 };
        own[direction ?? 'in'] += n;
        passed.set(placeId, own);
      }
      return passed;
    } catch (error) {
      if (!(error instanceof EmoscopeError && error.code === 'STORE_CLOSED'))
        logger.warn({ err: error }, 'counters go without what was earlier today: the store cannot be read');
      return new Map();
    }
  };
