import { fileURLToPath } from 'node:url';
import { serviceLinks } from '../../config/env-overrides.js';
import type { Config } from '../../config/schema.js';
import { startService, type Service } from '../../pipeline/compose/service.js';
import type { ServiceOptions } from '../../pipeline/compose/parts.js';
import { configFileOf, loggerOf, readConfig, type CliContext } from '../context.js';
import type { Logger } from '../../runtime/logger.js';
import { neededFiles, openFilesLimit } from '../../runtime/process/open-files.js';
import { RecentLines } from '../../runtime/recent-lines.js';
import { onReloadSignal, untilSignal } from '../shutdown.js';
import { withCacheDir } from '../with-cache-dir.js';

/** The built dashboard, whether this runs compiled or from its sources. */
const WEB_ROOT = fileURLToPath(new URL('../../../dist/web', import.meta.url));

export interface ServeOptions {
  readonly config?: string;
}

interface RunOptions extends Pick<ServiceOptions, 'beside'> {
  readonly configFile: string | null;
  readonly version: string;
  /** Reads the configuration file again; absent: SIGHUP ends the service, as a terminal that closes should. */
  readonly reread?: () => Config;
}

const reloadOnSignal = (service: Service, reread: () => Config, logger: Logger): void => {
  const reload = async (): Promise<void> => {
    try {
      logger.info(await service.reload(reread()), 'configuration read again');
    } catch (error) {
      logger.error({ err: error }, 'the configuration was not taken over; the one before stays in force');
    }
  };
  let turn = Promise.resolve();
  onReloadSignal(() => {
    turn = turn.then(reload);
  });
};

/** Starts the service, prints its address, and stops it cleanly on SIGINT or SIGTERM. */
export const runService = async (
  context: CliContext,
  config: Config,
  { configFile, version, reread, beside }: RunOptions,
): Promise<void> => {
  const recent = new RecentLines();
  const logger = loggerOf(context, config, recent);
  const links = serviceLinks(context.env);
  if (links.length > 0) logger.info({ names: links }, 'names of an orchestrator in the environment are left alone');
  const [files, needed] = [openFilesLimit(), neededFiles(config.streams.length)];
  if (files < needed)
    logger.warn({ files, needed }, 'fewer files may be open than the cameras need: ulimit -n, LimitNOFILE');
  const signal = untilSignal();
  context.err.write(`${context.say('modelsPreparing')}\n`);
  const service: Service = await startService({
    ...{ config, configFile, logger, recent, version, webRoot: WEB_ROOT },
    ...(beside === undefined ? {} : { beside }),
  });
  context.err.write(`${context.say('listening', service.url)}\n${context.say('stopHint')}\n`);
  if (reread !== undefined) reloadOnSignal(service, reread, logger);
  logger.info({ signal: await signal }, 'stopping');
  await service.stop();
};

/** `emoscope serve`. */
export const serve = (context: CliContext, options: ServeOptions, version: string): Promise<void> => {
  const configFile = configFileOf(context, options.config);
  const read = (): Config => withCacheDir(context, readConfig(context, options.config));
  return runService(context, read(), { configFile, version, ...(configFile === null ? {} : { reread: read }) });
};
