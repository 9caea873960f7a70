import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readManifest, readVerified } from '../../../../src/inference/models/manifest.js';
import { onnxModel } from '../../../../src/inference/models/model-cache.js';
import { codeOf } from '../../../../src/runtime/errors.js';

const codeFrom = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no error',
    (error: unknown) => codeOf(error),
  );

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'emoscope-weights-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const model = async () => {
  const entry = (await readManifest())['emotion'];
  if (entry === undefined) throw new Error('the manifest lost the model');
  return entry;
};

describe('integrity', () => {
  test('the installed packages are the ones in the manifest', async () => {
    for (const [name, entry] of Object.entries(await readManifest()))
      await expect(readVerified(entry), name).resolves.toHaveLength(2);
  });

  test('a truncated, foreign or missing file is a named error before anything is converted', async () => {
    const entry = await model();
    const files = await readVerified(entry);
    const place = async (weights: Uint8Array | null) => {
      const names = entry.source.files.map((file) => path.basename(file.path));
      const moved = {
        ...entry,
        source: { ...entry.source, files: entry.source.files.map((f, i) => ({ ...f, path: names[i] ?? '' })) },
      };
      await writeFile(path.join(folder, names[0] ?? ''), files[0] ?? '');
      if (weights !== null) await writeFile(path.join(folder, names[1] ?? ''), weights);
      return moved;
    };
    expect(await codeFrom(readVerified(await place(null), folder))).toBe('MODEL_INTEGRITY');
    expect(await codeFrom(readVerified(await place(files[1]?.subarray(0, -1) ?? null), folder))).toBe(
      'MODEL_INTEGRITY',
    );
    expect(await codeFrom(readVerified(await place(Buffer.alloc(64)), folder))).toBe('MODEL_INTEGRITY');
    expect(await codeFrom(readVerified(await place(files[1] ?? null), folder))).toBe('no error');
  });

  test('a damaged manifest is a named error', async () => {
    const file = path.join(folder, 'manifest.json');
    await writeFile(file, '{"models":{"x":{}}}');
    expect(await codeFrom(readManifest(file))).toBe('MODEL_INTEGRITY');
  });
});

describe('cache', () => {
  test('keeps the conversion and does not trust an altered file', async () => {
    const entry = await model();
    const first = await onnxModel('emotion', entry, folder);
    const [name] = await readdir(folder);
    const file = path.join(folder, name ?? '');
    const kept = await readFile(file);
    expect(Buffer.compare((await onnxModel('emotion', entry, folder)).bytes, first.bytes)).toBe(0);
    await writeFile(file, kept.subarray(0, kept.length / 2));
    expect(Buffer.compare((await onnxModel('emotion', entry, folder)).bytes, first.bytes)).toBe(0);
    expect(Buffer.compare(await readFile(file), kept)).toBe(0);
    expect(await readdir(folder)).toHaveLength(1);
  });

  test('a folder that cannot be written costs only the caching', async () => {
    const occupied = path.join(folder, 'file');
    await writeFile(occupied, '');
    const { bytes, cacheFault } = await onnxModel('emotion', await model(), path.join(occupied, 'below'));
    expect(bytes.length).toBeGreaterThan(100_000);
    expect(cacheFault).toBeInstanceOf(Error);
  });
});
