import type { StreamConfig } from '../../config/schema.js';
import { HELD_SMILE, type PastWindows } from '../../contracts/window.js';
import { RING_SECONDS } from '../../metrics/faces/live/rolling-windows.js';
import { EmoscopeError } from '../../runtime/errors.js';
import type { Clock } from '../../runtime/clock.js';
import type { LocalTime } from '../../time/local-time.js';
import type { Logger } from '../../runtime/logger.js';
import type { ResumeReader } from '../../store/ports/resume-reader.js';

/** The live figures' past of each of these streams, by id; one without any is missing. */
export type PastOf = (
  streams: readonly Pick<StreamConfig, 'id' | 'role'>[],
) => Promise<ReadonlyMap<string, PastWindows>>;

export interface PastSources {
  readonly store: Pick<ResumeReader, 'past'>;
  readonly localTime: LocalTime;
  readonly clock: Pick<Clock, 'now'>;
  /** T of the live figures, percent. */
  readonly threshold: number;
  readonly logger: Pick<Logger, 'warn'>;
}

/**
 * Reads what live figures go on from. To be asked before a stream's first frame, which need not wait for the answer:
 * everything appended by then is the past, everything after is added live, so that nothing counts twice. A store that
 * cannot be read leaves the past out.
 */
export const pastFrom =
  ({ store, localTime, clock, threshold, logger }: PastSources): PastOf =>
  async (streams) => {
    if (streams.length === 0) return new Map();
    const now = clock.now();
    const newest = Math.floor(now / 1000) * 1000 + 1000;
    try {
      const rows = await store.past({
        streams: streams.map(({ id }) => id),
        day: { fromTs: localTime.startOfDay(now), toTs: localTime.startOfDay(now, 1) },
        recent: { fromTs: newest - RING_SECONDS * 1000, toTs: newest },
        threshold,
        heldSmile: HELD_SMILE,
      });
      const roles = new Map(streams.map(({ id, role }) => [id, role]));
      return new Map(rows.filter((row) => roles.get(row.streamId) === row.role).map((row) => [row.streamId, row]));
    } catch (error) {
      if (error instanceof EmoscopeError && error.code === 'STORE_CLOSED') return new Map();
      logger.warn({ err: error }, 'live figures go without what was earlier today: the store cannot be read');
      return new Map();
    }
  };
