import { readFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { CONVERTER_VERSION, convertModel } from '../conversion/convert.js';
import { type ModelManifest, readVerified, sha256 } from './manifest.js';
import { writeWhole } from './write-whole.js';

/** A user without home and passwd entry has none. */
const userFolder = (): string => {
  try {
    return path.join(homedir(), '.cache');
  } catch {
    return tmpdir();
  }
};

/** The folder of converted models: as configured, or the user's cache folder for `auto`. */
export const cacheFolder = (configured: string): string =>
  configured === 'auto' ? path.join(userFolder(), 'emoscope', 'models') : configured;

/** What ends a cached file: the sha256 of what stands before it, so that a truncated or altered file is not used. */
const SEAL_BYTES = 32;

const readCached = async (file: string): Promise<Uint8Array | null> => {
  const bytes = await readFile(file).catch(() => null);
  if (bytes === null || bytes.length <= SEAL_BYTES) return null;
  const body = bytes.subarray(0, -SEAL_BYTES);
  return sha256(body) === bytes.subarray(-SEAL_BYTES).toString('hex') ? body : null;
};

const writeCached = (file: string, body: Uint8Array): Promise<void> =>
  writeWhole(file, Buffer.concat([body, Buffer.from(sha256(body), 'hex')]));

/** Result of a look-up; `cacheFault` says why the converted model could not be kept for the next start. */
export interface OnnxModel {
  readonly bytes: Uint8Array;
  readonly cacheFault: unknown;
}

/**
 * The ONNX form of a model: its source files are verified every time, then the conversion is taken from the cache
 * (keyed by the sources' sha256) or made and kept there. A cache that cannot be written only costs time.
 */
export const onnxModel = async (name: string, model: ModelManifest, folder: string): Promise<OnnxModel> => {
  const sources = await readVerified(model);
  const key = sha256(Buffer.from([CONVERTER_VERSION, ...model.source.files.map((file) => file.sha256)].join('-')));
  const file = path.join(folder, `${name}-${key.slice(0, 16)}.onnx.sealed`);
  const cached = await readCached(file);
  if (cached !== null) return { bytes: cached, cacheFault: null };
  const bytes = convertModel(name, sources);
  const cacheFault: unknown = await writeCached(file, bytes).then(
    () => null,
    (error: unknown) => error,
  );
  return { bytes, cacheFault };
};
