import { basename } from 'node:path';
import { backUpStore, restoreFrom } from '../../pipeline/compose/store-files.js';
import { codeOf } from '../../runtime/errors.js';
import { actorAt, audited } from '../audited.js';
import { loggerOf, readConfig, type CliContext } from '../context.js';
import { requestBackup } from '../service-client.js';

/** `emoscope backup FILE`: a consistent copy; while the service runs, the service writes it. */
export const backup = async (
  context: CliContext,
  file: string,
  options: { readonly config?: string },
): Promise<void> => {
  const config = readConfig(context, options.config);
  try {
    await backUpStore(config, loggerOf(context, config), actorAt(context, config), file);
  } catch (error) {
    if (codeOf(error) !== 'STORE_LOCKED') throw error;
    await requestBackup(context, config, file);
  }
  context.err.write(`${context.say('written', file)}\n`);
};

/** `emoscope restore FILE`: puts a backup in the store's place; the service must not be running. */
export const restore = async (
  context: CliContext,
  file: string,
  options: { readonly config?: string },
): Promise<void> => {
  const config = readConfig(context, options.config);
  const act = { kind: 'administration', action: 'store.restore', target: basename(file) } as const;
  await audited(context, config, act, () => restoreFrom(config, file));
  context.err.write(`${context.say('written', config.store.path)}\n`);
};
