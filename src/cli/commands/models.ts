import { engineInfo } from '../../pipeline/compose/engine-info.js';
import { loggerOf, readConfig, type CliContext } from '../context.js';
import { withCacheDir } from '../with-cache-dir.js';
import { writeResult } from '../write-result.js';

/** `emoscope models`: starts the engine as `serve` would and tells what runs, on what. */
export const models = async (
  context: CliContext,
  options: { readonly config?: string; readonly json?: boolean },
): Promise<void> => {
  const config = withCacheDir(context, readConfig(context, options.config));
  const info = await engineInfo(config.inference, loggerOf(context, config));
  if (options.json === true) {
    await writeResult(context, `${JSON.stringify(info, null, 2)}\n`);
    return;
  }
  const fallback = info.fallbackReason === null ? '' : ` (${info.requestedDevice}: ${info.fallbackReason})`;
  const lines = info.models.map(
    (model) =>
      `${model.name.padEnd(22)} ${model.task.padEnd(16)} ${model.sourcePackage}@${model.sourceVersion}  ${model.licence}  ` +
      `[${model.inputShape.join('×')}]  ${model.file}  sha256:${model.sha256.slice(0, 16)}…`,
  );
  await writeResult(
    context,
    `engine ${info.engine}, device ${info.device}${fallback}, threads ${info.threads}\n${lines.join('\n')}\n`,
  );
};
