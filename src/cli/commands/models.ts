import type { AddableModel, ModelInfo } from '../../contracts/service/models.js';
import { addedModelFiles, addModelFile } from '../../pipeline/compose/added-models.js';
import { engineInfo } from '../../pipeline/compose/engine-info.js';
import { actorAt } from '../audited.js';
import { loggerOf, readConfig, type CliContext } from '../context.js';
import { withCacheDir } from '../with-cache-dir.js';
import { writeResult } from '../write-result.js';

const lineOf = (model: ModelInfo): string =>
  `${model.name.padEnd(22)} ${model.task.padEnd(16)} ${model.sourcePackage}@${model.sourceVersion}  ${model.licence}  ` +
  `[${model.inputShape.join('×')}]  ${model.file}  sha256:${model.sha256.slice(0, 16)}…`;

/** `emoscope models`: starts the engine as `serve` would and tells what runs, on what, and which added files do not. */
export const models = async (
  context: CliContext,
  options: { readonly config?: string; readonly json?: boolean },
): Promise<void> => {
  const config = withCacheDir(context, readConfig(context, options.config));
  const added = await addedModelFiles(config);
  const info = await engineInfo(config.inference, loggerOf(context, config));
  const idle = added.filter((one) => !info.models.some(({ name }) => name === one.name));
  if (options.json === true) {
    await writeResult(context, `${JSON.stringify({ ...info, added: idle }, null, 2)}\n`);
    return;
  }
  const fallback = info.fallbackReason === null ? '' : ` (${info.requestedDevice}: ${info.fallbackReason})`;
  const rest = idle.length === 0 ? [] : ['added, not in use:', ...idle.map(lineOf)];
  await writeResult(
    context,
    `engine ${info.engine}, device ${info.device}${fallback}, threads ${info.threads}\n` +
      `${[...info.models.map(lineOf), ...rest].join('\n')}\n`,
  );
};

export interface ModelsAddOptions {
  readonly config?: string;
  readonly as: AddableModel;
  readonly licence: string;
  readonly source: string;
  readonly sha256?: string;
}

/** `emoscope models add`: takes in a file of the owner's own after it has passed its tests. */
export const modelsAdd = async (context: CliContext, file: string, options: ModelsAddOptions): Promise<void> => {
  const config = withCacheDir(context, readConfig(context, options.config));
  const { as: name, licence, source, sha256 } = options;
  const info = await addModelFile(config, actorAt(context, config), { file, name, licence, source, sha256 });
  await writeResult(context, `${lineOf(info)}\nsha256:${info.sha256}\n`);
};
