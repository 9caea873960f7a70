import { fileURLToPath } from 'node:url';
import type { Config } from '../../config/schema.js';
import { startService, type Service } from '../../pipeline/service.js';
import { configFileOf, loggerOf, readConfig, type CliContext } from '../context.js';
import { untilSignal } from '../shutdown.js';
import { withCacheDir } from '../with-cache-dir.js';

/** The built dashboard, whether this runs compiled or from its sources. */
const WEB_ROOT = fileURLToPath(new URL('../../../dist/web', import.meta.url));

export interface ServeOptions {
  readonly config?: string;
}

/** Starts the service, prints its address, and stops it cleanly on SIGINT or SIGTERM. */
export const runService = async (
  context: CliContext,
  config: Config,
  { configFile, version }: { readonly configFile: string | null; readonly version: string },
): Promise<void> => {
  const logger = loggerOf(context, config);
  const signal = untilSignal();
  context.err.write(`${context.say('modelsPreparing')}\n`);
  const service: Service = await startService({ config, configFile, logger, version, webRoot: WEB_ROOT });
  context.err.write(`${context.say('listening', service.url)}\n${context.say('stopHint')}\n`);
  logger.info({ signal: await signal }, 'stopping');
  await service.stop();
};

/** `emoscope serve`. */
export const serve = (context: CliContext, options: ServeOptions, version: string): Promise<void> =>
  runService(context, withCacheDir(context, readConfig(context, options.config)), {
    configFile: configFileOf(context, options.config),
    version,
  });
