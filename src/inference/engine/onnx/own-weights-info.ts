import { readFile } from 'node:fs/promises';
import { EMOTIONS } from '../../../contracts/emotion.js';
import type { ModelInfo } from '../../../contracts/service/models.js';
import { EmoscopeError } from '../../../runtime/errors.js';
import { HEAD_PATH } from '../../describe/expression/expression-head.js';
import { FEATURE_COUNT, LEARNT_COUNT } from '../../describe/expression/head-features.js';
import { READOUTS_PATH } from '../../describe/mouth/mouth-reader.js';
import { sha256 } from '../../models/manifest.js';

type Own = Pick<ModelInfo, 'name' | 'task' | 'file' | 'inputShape' | 'labels'>;

const infoOf = async (path: string, own: Own): Promise<ModelInfo> => {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new EmoscopeError('MODEL_INTEGRITY', `The weights ${own.name} are missing.`, { cause });
  });
  return { ...own, sourcePackage: 'emoscope', sourceVersion: '1', licence: 'MIT', sha256: sha256(bytes) };
};

/** The weights that the project trained itself, as `emoscope models` shows them; MODEL_INTEGRITY when a file is missing. */
export const ownWeightsInfo = async (): Promise<ModelInfo[]> => [
  await infoOf(HEAD_PATH, {
    name: 'expression_head',
    task: 'expression-head',
    file: 'models/expression-head/head.json',
    inputShape: [-1, FEATURE_COUNT],
    labels: EMOTIONS,
  }),
  await infoOf(READOUTS_PATH, {
    name: 'mouth_readouts',
    task: 'mouth-readouts',
    file: 'models/mouth-readouts/readouts.json',
    inputShape: [-1, LEARNT_COUNT],
    labels: ['open', 'covered'],
  }),
];
