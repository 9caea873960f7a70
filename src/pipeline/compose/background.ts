import { systemClock } from '../../runtime/clock.js';
import type { Logger } from '../../runtime/logger.js';
import type { Store } from '../../store/ports/store.js';
import { judgeStoredContacts } from '../upkeep/judge-stored-contacts.js';
import { sumUpLostVisits } from '../upkeep/lost-visits.js';
import type { Parts, ServiceOptions } from './parts.js';

/** Work that goes on by itself until it is done or stopped; `stop` waits for its end. */
interface Background {
  readonly done: Promise<void>;
  readonly stop: () => Promise<void>;
}

const inBackground = (work: (signal: AbortSignal) => Promise<void>, onError: (error: unknown) => void): Background => {
  const abort = new AbortController();
  const done = work(abort.signal).catch(onError);
  const stop = async (): Promise<void> => {
    abort.abort();
    await done;
  };
  return { done, stop };
};

/** Contacts of an earlier version are judged while the service runs: nobody waits for years of them. */
export const judgeInBackground = (store: Store, { config, logger }: ServiceOptions): Background =>
  inBackground(
    async (signal) => {
      const judged = await judgeStoredContacts(store, config.metrics, signal);
      if (judged > 0) logger.info({ judged }, 'contacts of an earlier version judged by the present rule');
    },
    (error) => logger.error({ err: error }, 'contacts of an earlier version are not judged again'),
  );

/** Visits that a process which died left without a summary; to be called before any frame can come. */
export const sumUpLost = (store: Store, logger: Logger): Background =>
  inBackground(
    async (signal) => {
      const visits = await sumUpLostVisits(store, await store.lostVisits(systemClock.now()), signal);
      if (visits > 0) logger.info({ visits }, 'visits that were going on when the process died are summed up');
    },
    (error) => logger.warn({ err: error }, 'visits that were going on at the end are not summed up'),
  );

/** What the options ask to be done beside the cameras. */
export const workBeside = (store: Store, { beside, logger }: ServiceOptions): Background =>
  inBackground(
    async (signal) => beside?.(store, signal),
    (error) => logger.error({ err: error }, 'work beside the cameras failed'),
  );

/** Cells of released time are made once what is written beside is there: they are made of whole stretches, in order. */
export const cellsAfter = (
  ready: Promise<void>,
  { cells, checkGroups, released, happiness }: Parts,
  logger: Logger,
): (() => Promise<void>) => {
  let stop: (() => Promise<void>) | null = null;
  let stopped = false;
  const started = ready.then(() => {
    if (stopped) return;
    stop = cells.start(
      async () => {
        await released.refresh();
        await happiness.refresh();
        await checkGroups.run();
      },
      (error) => logger.warn({ err: error }, 'cells: put off'),
    );
  });
  return async () => {
    stopped = true;
    await started;
    await stop?.();
  };
};
