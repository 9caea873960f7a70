import { createApp, type App } from '../../api/app.js';
import { openAudit } from '../../audit/open-audit.js';
import type { Config } from '../../config/schema.js';
import { InferenceService } from '../../inference/engine/service.js';
import type { Logger } from '../../runtime/logger.js';
import { openStore } from '../../store/open-store.js';
import { reload, type Reloaded } from '../configuration/reload.js';
import { keepSwept } from '../upkeep/leftovers.js';
import { cellsAfter, judgeInBackground, sumUpLost, workBeside } from './background.js';
import { composeParts, type Parts, type ServiceOptions } from './parts.js';
import { resumeToday } from './resume-today.js';

/** A part that ends is not named as slow before. */
const SLOW_END_MS = 10_000;

/** The running product. */
export interface Service {
  readonly url: string;
  readonly port: number;
  /** Applies the streams and contact points of a configuration; throws CONFIG_INVALID or PRIVACY_REFUSED and changes nothing. */
  reload(next: Config): Promise<Reloaded>;
  /** Ends cameras first, keeps every number, tells subscribers; idempotent. */
  stop(): Promise<void>;
}

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
    inference = await InferenceService.start({ inference: config.inference, streams: config.streams, logger });
    const parts = composeParts(options, { store, audit, inference });
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
