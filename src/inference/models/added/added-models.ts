import { open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { ADDABLE_MODELS, type AddableModel, type ModelInfo } from '../../../contracts/service/models.js';
import { EmoscopeError } from '../../../runtime/errors.js';
import { sha256 } from '../manifest.js';
import { cacheFolder } from '../model-cache.js';
import { writeWhole } from '../write-whole.js';
import { ADDABLE, type Addable } from './addable.js';
import { inspectModel } from './inspect-model.js';
import { tryModel } from './try-model.js';

/** What is written down of a file that an owner brought. */
const addedSchema = z.strictObject({
  name: z.enum(ADDABLE_MODELS),
  file: z.string(),
  sha256: z.string().length(64),
  licence: z.string(),
  source: z.string(),
  size: z.int().positive(),
});

type Added = z.output<typeof addedSchema>;

/** A file to be added as one of the networks that may be. */
export interface NewModel {
  readonly file: string;
  /** Which network it is. */
  readonly name: AddableModel;
  readonly licence: string;
  /** Where it comes from, for whoever asks later. */
  readonly source: string;
  /** What it must hash to; absent: anything. */
  readonly sha256?: string | undefined;
}

/** A network that was added, as it is run. */
export interface AddedModel {
  readonly bytes: Uint8Array;
  readonly info: ModelInfo;
  /** Side of its input, pixels. */
  readonly size: number;
}

const folderOf = (cache: string): string => path.join(cacheFolder(cache), 'added');

const infoOf = ({ name, file, sha256: hash, licence, source, size }: Added, { task }: Addable): ModelInfo => ({
  name,
  task,
  file,
  sourcePackage: source,
  sourceVersion: 'added',
  licence,
  inputShape: [1, 3, size, size],
  labels: [],
  sha256: hash,
});

/** A file's bytes, of which a larger one than `most` is not read. */
const readUpTo = async (file: string, most: number): Promise<Uint8Array> => {
  try {
    const handle = await open(file);
    try {
      const { size } = await handle.stat();
      if (size > most)
        throw new EmoscopeError('MODEL_REFUSED', `The file has ${size} bytes; at most ${most} are taken.`);
      return await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof EmoscopeError) throw error;
    throw new EmoscopeError('INPUT_NOT_FOUND', 'The model file cannot be read.', { cause: error });
  }
};

/**
 * Takes a file in after it has passed its tests, in the place of an earlier one of the name. Throws INPUT_NOT_FOUND,
 * MODEL_INTEGRITY for another hash than the one named, MODEL_REFUSED with the reason; then nothing has changed.
 */
export const addModel = async (cache: string, model: NewModel): Promise<ModelInfo> => {
  const wanted = ADDABLE[model.name];
  const bytes = await readUpTo(model.file, wanted.mostBytes);
  const hash = sha256(bytes);
  if (model.sha256 !== undefined && model.sha256.toLowerCase() !== hash)
    throw new EmoscopeError('MODEL_INTEGRITY', `The sha256 of the file is ${hash}, not the one that was named.`);
  const size = inspectModel(bytes, wanted);
  await tryModel(bytes, size, wanted);
  const { name, licence, source } = model;
  const added: Added = { name, file: path.basename(model.file), sha256: hash, licence, source, size };
  const folder = folderOf(cache);
  // The network first: what is written down then is there.
  await writeWhole(path.join(folder, `${name}-${hash}.onnx`), bytes);
  await writeWhole(path.join(folder, `${name}.json`), `${JSON.stringify(added, null, 2)}\n`);
  return infoOf(added, wanted);
};

const readAdded = async (cache: string, name: AddableModel): Promise<Added | null> => {
  const text = await readFile(path.join(folderOf(cache), `${name}.json`), 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    return addedSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new EmoscopeError('MODEL_INTEGRITY', `What is written down of the added model ${name} is damaged.`, {
      cause: error,
    });
  }
};

/** The networks that were added, in use or not. */
export const addedModels = async (cache: string): Promise<readonly ModelInfo[]> => {
  const found = await Promise.all(
    ADDABLE_MODELS.map(async (name) => {
      const wanted = ADDABLE[name];
      const added = await readAdded(cache, name);
      return added === null ? [] : [infoOf(added, wanted)];
    }),
  );
  return found.flat();
};

/** One of them to be run; throws MODEL_MISSING where it was not added, MODEL_INTEGRITY where its file has changed since. */
export const addedModel = async (cache: string, name: AddableModel): Promise<AddedModel> => {
  const wanted = ADDABLE[name];
  const added = await readAdded(cache, name);
  if (added === null)
    throw new EmoscopeError('MODEL_MISSING', {
      ru: `Файл модели ${name} не добавлен: emoscope models add ФАЙЛ --as ${name} --licence … --source ….`,
      en: `The model file of ${name} has not been added: emoscope models add FILE --as ${name} --licence … --source ….`,
    });
  const bytes = await readFile(path.join(folderOf(cache), `${name}-${added.sha256}.onnx`)).catch(() => null);
  if (bytes === null || sha256(bytes) !== added.sha256)
    throw new EmoscopeError('MODEL_INTEGRITY', `The added file of ${name} is gone or has changed; add it again.`);
  return { bytes, info: infoOf(added, wanted), size: added.size };
};
