import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { ModelInfo } from '../../contracts/service/models.js';
import { EmoscopeError } from '../../runtime/errors.js';
import { packageFolder } from '../../runtime/files/package-folder.js';

const modelSchema = z.strictObject({
  task: z.enum(['detection', 'mesh', 'expression', 'age-gender', 'bodies']),
  source: z.strictObject({
    package: z.string(),
    version: z.string(),
    licence: z.string(),
    files: z.array(z.strictObject({ path: z.string(), sha256: z.string().length(64) })).min(1),
  }),
  inputShape: z.array(z.int()),
  input: z.string(),
  labels: z.array(z.string()),
});

const manifestSchema = z.strictObject({ models: z.record(z.string(), modelSchema) });

/** Where a model comes from and what it takes and gives. */
export type ModelManifest = z.output<typeof modelSchema>;

/** The manifest that ships with the product. */
const MANIFEST_PATH = fileURLToPath(new URL('../../../models/manifest.json', import.meta.url));

/** Reads a manifest; MODEL_INTEGRITY when it is missing or malformed. */
export const readManifest = async (file: string = MANIFEST_PATH): Promise<Readonly<Record<string, ModelManifest>>> => {
  try {
    return manifestSchema.parse(JSON.parse(await readFile(file, 'utf8'))).models;
  } catch (cause) {
    throw new EmoscopeError('MODEL_INTEGRITY', 'The manifest of the models is missing or damaged.', { cause });
  }
};

/** The sha256 of bytes, hex. */
export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Reads a model's source files and proves each against the manifest; MODEL_INTEGRITY names the file that differs. */
export const readVerified = async (
  model: ModelManifest,
  folder: string = packageFolder(model.source.package),
): Promise<Uint8Array[]> =>
  Promise.all(
    model.source.files.map(async (file) => {
      const shown = `${model.source.package}/${file.path}`;
      const bytes = await readFile(path.join(folder, file.path)).catch((cause: unknown) => {
        throw new EmoscopeError('MODEL_INTEGRITY', `The model file ${shown} cannot be read.`, { cause });
      });
      const actual = sha256(bytes);
      if (actual !== file.sha256)
        throw new EmoscopeError('MODEL_INTEGRITY', `The model file ${shown} is not the one in the manifest.`, {
          details: { file: shown, expected: file.sha256, actual },
        });
      return bytes;
    }),
  );

/** A model as `emoscope models` shows it; the sha256 is that of the weights file. */
export const modelInfo = (name: string, model: ModelManifest): ModelInfo => {
  const weights = model.source.files.at(-1);
  return {
    name,
    task: model.task,
    file: weights?.path ?? '',
    sourcePackage: model.source.package,
    sourceVersion: model.source.version,
    licence: model.source.licence,
    inputShape: model.inputShape,
    labels: model.labels,
    sha256: weights?.sha256 ?? '',
  };
};
