import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { EMOTIONS } from '../../src/contracts/emotion.js';
import { FEATURE_COUNT } from '../../src/inference/describe/expression/head-features.js';
import type { ExpressionPicture } from '../../scripts/accuracy/labelled-sets.js';
import type { TrainingFace } from './cross-validate.js';
import { FeatureExtractor } from './face-features.js';

/** Feature vectors per face: the plain picture and its altered copies. */
const COPIES = 4;

/** Features of a set, from the cache folder or extracted and kept there; pictures without a face are left out. */
export const trainingFaces = async (
  set: string,
  pictures: readonly ExpressionPicture[],
  cache: string,
): Promise<TrainingFace[]> => {
  const index = path.join(cache, `${set}.json`);
  const data = path.join(cache, `${set}.f32`);
  if (!existsSync(index)) await extract(pictures, index, data, cache);
  const rows = JSON.parse(await readFile(index, 'utf8')) as { file: string; person: string; label: number }[];
  const bytes = await readFile(data);
  const values = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
  return rows.map((row, n) => {
    const copy = (k: number): Float32Array =>
      values.subarray((n * COPIES + k) * FEATURE_COUNT, (n * COPIES + k + 1) * FEATURE_COUNT);
    return { ...row, plain: copy(0), altered: [copy(1), copy(2), copy(3)] };
  });
};

const extract = async (
  pictures: readonly ExpressionPicture[],
  index: string,
  data: string,
  cache: string,
): Promise<void> => {
  await mkdir(cache, { recursive: true });
  const extractor = await FeatureExtractor.start();
  const rows: { file: string; person: string; label: number }[] = [];
  const parts: Buffer[] = [];
  for (const [seed, { file, person, label }] of pictures.entries()) {
    if (seed % 500 === 0) console.error(`features: ${seed} of ${pictures.length}`);
    const features = await extractor.extract(file, seed + 1);
    if (features === null) continue;
    rows.push({ file: path.basename(file), person, label: EMOTIONS.indexOf(label) });
    for (const copy of features) parts.push(Buffer.from(copy.buffer, copy.byteOffset, copy.byteLength));
  }
  await writeFile(data, Buffer.concat(parts));
  await writeFile(index, JSON.stringify(rows));
};
