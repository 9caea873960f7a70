import { createApp, type App } from '../../api/app.js';
import type { AuditLog } from '../../audit/audit-log.js';
import { openAudit } from '../../audit/open-audit.js';
import type { Ports } from '../../api/ports.js';
import { resolveTimeZone } from '../../config/environment.js';
import type { Config } from '../../config/schema.js';
import { InferenceService } from '../../inference/engine/service.js';
import { LocalTime } from '../../time/local-time.js';
import { copiesFolder } from '../../runtime/own-folder.js';
import { systemClock } from '../../runtime/clock.js';
import type { Logger } from '../../runtime/logger.js';
import type { RecentLines } from '../../runtime/recent-lines.js';
import { REPORTS } from '../../reporting/registry.js';
import { ReportRenderer } from '../../reporting/rendering/report-renderer.js';
import { databasePath, openStore } from '../../store/open-store.js';
import type { Store } from '../../store/ports/store.js';
import { CellMaker } from '../cells/cell-maker.js';
import { ReleasedWindows } from '../cells/released-windows.js';
import { RunningConfig } from '../configuration/running-config.js';
import { ContactWatch } from '../numbers/contact-watch.js';
import { judgeStoredContacts } from '../upkeep/judge-stored-contacts.js';
import { keepSwept } from '../upkeep/leftovers.js';
import { HappyTally } from '../live/happy-tally.js';
import { LiveBus } from '../live/live-bus.js';
import { sumUpLostVisits } from '../upkeep/lost-visits.js';
import { Monitor } from '../camera/monitor.js';
import { pastFrom } from '../live/past.js';
import { createAuditPort } from '../ports/audit-port.js';
import { createBackupPort } from '../ports/backup-port.js';
import { createContactPointsPort } from '../ports/contact-points-port.js';
import { createContactsPort } from '../ports/contacts-port.js';
import { createExportPort } from '../ports/export-port.js';
import { createPapers } from '../ports/papers.js';
import { createFiguresPort } from '../ports/figures-port.js';
import { createReportsPort } from '../ports/reports-port.js';
import { createStreamsPort } from '../ports/streams-port.js';
import { createSystemPort } from '../ports/system-port.js';
import { ReleasedHappiness } from '../live/released-happiness.js';
import { reload, type Reloaded } from '../configuration/reload.js';
import { StoringSink } from '../numbers/storing-sink.js';

/** How long the end of a contact waits for a seller camera that lags, or whose frames wait for a face to be judged. */
const MAX_CONTACT_LAG_MS = 12_000;

/** A contact of today may have begun this long before midnight. */
const LONGEST_CONTACT_MS = 30 * 60_000;
/** More than all points of a site have in a day. */
const MOST_CONTACTS = 100_000;
/** A part that ends is not named as slow before. */
const SLOW_END_MS = 10_000;

export interface ServiceOptions {
  readonly config: Config;
  /** The file that changes are written back to; null: nowhere. */
  readonly configFile: string | null;
  readonly logger: Logger;
  /** Where the logger's last lines are kept; absent: nowhere. */
  readonly recent?: RecentLines;
  readonly version: string;
  /** Work beside the cameras, begun once they run; its failure is logged, and `signal` aborts when the service stops. */
  readonly beside?: (store: Store, signal: AbortSignal) => Promise<void>;
  /** Folder of the built dashboard. */
  readonly webRoot: string;
}

/** The running product. */
export interface Service {
  readonly url: string;
  readonly port: number;
  /** Applies the streams and contact points of a configuration; throws CONFIG_INVALID or PRIVACY_REFUSED and changes nothing. */
  reload(next: Config): Promise<Reloaded>;
  /** Ends cameras first, keeps every number, tells subscribers; idempotent. */
  stop(): Promise<void>;
}

interface Opened {
  readonly store: Store;
  readonly audit: AuditLog;
  readonly inference: InferenceService;
}

interface Parts extends Opened {
  readonly keeper: RunningConfig;
  readonly monitor: Monitor;
  readonly contacts: ContactWatch;
  readonly renderer: ReportRenderer;
  readonly cells: CellMaker;
  readonly released: ReleasedWindows;
  readonly happiness: ReleasedHappiness;
  readonly tally: HappyTally;
  readonly bus: LiveBus;
  readonly localTime: LocalTime;
  readonly ports: Ports;
}

const compose = (options: ServiceOptions, { store, audit, inference }: Opened): Parts => {
  const { config, logger } = options;
  const clock = systemClock;
  const localTime = new LocalTime(resolveTimeZone(config.site.timeZone));
  const keeper = new RunningConfig(config, options.configFile);
  const bus = new LiveBus((error) => logger.error({ err: error }, 'a live listener failed'));
  const tally = new HappyTally(localTime);
  const contacts = new ContactWatch(config.contacts, {
    metrics: config.metrics,
    maxLagMs: MAX_CONTACT_LAG_MS,
    onChange: (change) => {
      if (change.kind === 'start') bus.tell('contactStart', change);
      else if (change.kind === 'update') bus.tell('contactUpdate', change);
      else {
        store.append({ contacts: [change.contact] });
        bus.tell('contactEnd', change.contact);
        bus.tell('happyIndex', { ...tally.add(change.contact), ts: clock.now() });
      }
    },
  });
  const sink = new StoringSink(store, contacts, config.privacy);
  const sources = { store, config: () => keeper.current, localTime, clock };
  const heldSmiles = (id: string): readonly number[] => monitor.heldSmiles(id);
  const released = new ReleasedWindows({ ...sources, heldSmiles }, config.metrics.threshold);
  const monitor: Monitor = new Monitor({
    ...{ config, inference, sink, bus, localTime, clock, logger },
    released: () => released.current(),
    past: pastFrom({ store, localTime, clock, threshold: config.metrics.threshold, logger }),
  });
  const renderer = new ReportRenderer();
  const auditPort = createAuditPort(audit, store);
  const ports: Ports = {
    streams: createStreamsPort(monitor, keeper),
    contactPoints: createContactPointsPort(contacts, keeper),
    reports: createReportsPort(REPORTS, sources, renderer),
    figures: createFiguresPort(sources),
    contacts: createContactsPort(sources),
    exports: createExportPort(sources),
    backup: createBackupPort(store, copiesFolder(databasePath(config.store))),
    audit: auditPort,
    system: createSystemPort(
      { monitor, inference, store, renderer, recent: options.recent ?? null },
      createPapers(sources, auditPort),
    ),
    live: {
      listen: (listener) => bus.listen(listener),
      happyIndex: () => tally.current(clock.now()).map((index) => ({ ...index, ts: clock.now() })),
    },
  };
  const cells = new CellMaker({ store, localTime, clock, privacy: () => keeper.current.privacy });
  const happiness = new ReleasedHappiness(sources, (event) => bus.tell('happyIndexReleased', event));
  return {
    ...{ store, audit, inference, keeper, monitor, contacts, renderer, cells },
    ...{ released, happiness, tally, bus, localTime, ports },
  };
};

/**
 * Starts everything in order: store, models, API, cameras. What was started is stopped again when a later part fails.
 * Throws the named error of the part that failed.
 */
export const startService = async (options: ServiceOptions): Promise<Service> => {
  const { config, logger, version, webRoot } = options;
  const store = await openStore(config.store, logger);
  const stopSweeping = await keepSwept(config.store, logger);
  const audit = openAudit(config.store, logger);
  let inference: InferenceService | null = null;
  let app: App | null = null;
  try {
    inference = await InferenceService.start({ inference: config.inference, logger });
    const parts = compose(options, { store, audit, inference });
    app = await createApp({ config, ports: parts.ports, logger, version, webRoot });
    const address = await app.listen();
    const stopResuming = resumeToday(parts, logger);
    const summing = sumUpLost(parts.store, logger);
    const beside = workBeside(parts.store, options);
    const ready = Promise.all([beside.done, summing.done]).then(() => undefined);
    const stopCells = cellsAfter(ready, parts, logger);
    const judging = judgeInBackground(parts.store, options);
    const stopUpkeep = async (): Promise<void> => {
      stopResuming();
      await Promise.all([stopSweeping(), beside.stop(), summing.stop(), stopCells(), judging.stop()]);
    };
    return { ...address, reload: (next) => reload(parts, next), stop: stopOnce(parts, app, stopUpkeep, logger) };
  } catch (error) {
    await stopSweeping();
    await app?.close();
    await inference?.close();
    await audit.close();
    await store.close();
    throw error;
  }
};

/**
 * Starts the cameras, and adds what was earlier today while they run: none of them waits for it. What cannot be read is left
 * out. Gives what ends it.
 */
const resumeToday = (parts: Parts, logger: Logger): (() => void) => {
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

/** Contacts of an earlier version are judged while the service runs: nobody waits for years of them. */
const judgeInBackground = (store: Store, { config, logger }: ServiceOptions): Background =>
  inBackground(
    async (signal) => {
      const judged = await judgeStoredContacts(store, config.metrics, signal);
      if (judged > 0) logger.info({ judged }, 'contacts of an earlier version judged by the present rule');
    },
    (error) => logger.error({ err: error }, 'contacts of an earlier version are not judged again'),
  );

/** Visits that a process which died left without a summary; to be called before any frame can come. */
const sumUpLost = (store: Store, logger: Logger): Background =>
  inBackground(
    async (signal) => {
      const visits = await sumUpLostVisits(store, await store.lostVisits(systemClock.now()), signal);
      if (visits > 0) logger.info({ visits }, 'visits that were going on when the process died are summed up');
    },
    (error) => logger.warn({ err: error }, 'visits that were going on at the end are not summed up'),
  );

const workBeside = (store: Store, { beside, logger }: ServiceOptions): Background =>
  inBackground(
    async (signal) => beside?.(store, signal),
    (error) => logger.error({ err: error }, 'work beside the cameras failed'),
  );

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

/** Cells of released time are made once what is written beside is there: they are made of whole stretches, in order. */
const cellsAfter = (
  ready: Promise<void>,
  { cells, released, happiness }: Parts,
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

const stopOnce = (
  { store, audit, inference, monitor, contacts, renderer }: Parts,
  app: App,
  stopUpkeep: () => Promise<void>,
  logger: Logger,
): (() => Promise<void>) => {
  let stopping: Promise<void> | null = null;
  const stop = async (): Promise<void> => {
    const end = endNamed(logger);
    await end('cameras', () => monitor.stop());
    await end('work beside the cameras', stopUpkeep);
    contacts.flush();
    await end('API', () => app.close());
    await end('rendering of reports', () => renderer.close());
    await end('inference', () => inference.close());
    await end('audit log', () => audit.close());
    await end('store', () => store.close());
  };
  return () => (stopping ??= stop());
};

/** Ends a part; one that takes long is named, so that a service which does not stop says what it waits for. */
const endNamed =
  (logger: Logger) =>
  async (part: string, end: () => Promise<void>): Promise<void> => {
    const overdue = setInterval(() => logger.warn({ part }, 'stopping: this part has not ended yet'), SLOW_END_MS);
    try {
      await end();
    } finally {
      clearInterval(overdue);
    }
  };
