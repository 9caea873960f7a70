import { systemClock } from '../../runtime/clock.js';
import type { Logger } from '../../runtime/logger.js';
import type { Parts } from './parts.js';

/** A contact of today may have begun this long before midnight. */
const LONGEST_CONTACT_MS = 30 * 60_000;
/** More than all points of a site have in a day. */
const MOST_CONTACTS = 100_000;

/**
 * Starts the cameras, and adds what was earlier today while they run: none of them waits for it. What cannot be read is left
 * out. Gives what ends it.
 */
export const resumeToday = (parts: Parts, logger: Logger): (() => void) => {
  const { monitor, released, bus } = parts;
  let stopped = false;
  const isStopped = (): boolean => stopped;
  const resumed = Promise.all([monitor.start(), resumeTally(parts, isStopped)]).then(async () => {
    if (isStopped()) return;
    await released.refresh();
    const now = systemClock.now();
    const curve = await released.history(now);
    if (!isStopped()) bus.tell('history', monitor.history(now), curve);
  });
  resumed.catch((error: unknown) => {
    if (!stopped)
      logger.warn({ err: error }, 'live figures go without what was earlier today: the store cannot be read');
  });
  return () => {
    stopped = true;
  };
};

/** Today's contacts from before a restart, so that the live Happy-Index goes on. */
const resumeTally = async ({ store, tally, localTime, bus }: Parts, isStopped: () => boolean): Promise<void> => {
  const now = systemClock.now();
  const contacts = await store.contacts({
    fromTs: localTime.startOfDay(now) - LONGEST_CONTACT_MS,
    toTs: localTime.startOfDay(now, 1),
    limit: MOST_CONTACTS,
    curves: false,
  });
  if (isStopped()) return;
  tally.resume(contacts, now);
  const ts = systemClock.now();
  for (const index of tally.current(ts)) bus.tell('happyIndex', { ...index, ts });
};
