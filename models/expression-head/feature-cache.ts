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

/** Where features are kept: the cache folder, their name in it, and how many vectors belong to a row. */
export interface KeptPlace {
  readonly cache: string;
  readonly name: string;
  readonly copies: number;
}

/** Rows with their features, from the cache folder or made and kept there. */
export const keptFeatures = async <Row>(
  { cache, name, copies }: KeptPlace,
  make: (keep: (row: Row, features: readonly Float32Array[]) => void) => Promise<void>,
): Promise<(Row & { readonly features: readonly Float32Array[] })[]> => {
  const index = path.join(cache, `${name}.json`);
  const data = path.join(cache, `${name}.f32`);
  if (!existsSync(index)) {
    const rows: Row[] = [];
    const parts: Buffer[] = [];
    await make((row, features) => {
      rows.push(row);
      for (const copy of features) parts.push(Buffer.from(copy.buffer, copy.byteOffset, copy.byteLength));
    });
    await mkdir(cache, { recursive: true });
    await writeFile(data, Buffer.concat(parts));
    await writeFile(index, JSON.stringify(rows));
  }
  const bytes = await readFile(data);
  const values = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
  return (JSON.parse(await readFile(index, 'utf8')) as Row[]).map((row, n) => ({
    ...row,
    features: Array.from({ length: copies }, (_, k) =>
      values.subarray((n * copies + k) * FEATURE_COUNT, (n * copies + k + 1) * FEATURE_COUNT),
    ),
  }));
};

/** Features of a set, from the cache folder or extracted and kept there; pictures without a face are left out. */
export const trainingFaces = async (
  set: string,
  pictures: readonly ExpressionPicture[],
  cache: string,
): Promise<TrainingFace[]> => {
  type Row = Pick<TrainingFace, 'file' | 'person' | 'label'>;
  const rows = await keptFeatures<Row>({ cache, name: set, copies: COPIES }, async (keep) => {
    const extractor = await FeatureExtractor.start();
    for (const [seed, { file, person, label }] of pictures.entries()) {
      if (seed % 500 === 0) console.error(`features: ${seed} of ${pictures.length}`);
      const features = await extractor.extract(file, seed + 1);
      if (features !== null) keep({ file: path.basename(file), person, label: EMOTIONS.indexOf(label) }, features);
    }
  });
  return rows.map(({ features: [plain = new Float32Array(), ...altered], ...row }) => ({ ...row, plain, altered }));
};
