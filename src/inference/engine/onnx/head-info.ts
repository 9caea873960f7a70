import { readFile } from 'node:fs/promises';
import { EMOTIONS } from '../../../contracts/emotion.js';
import type { ModelInfo } from '../../../contracts/service/models.js';
import { EmoscopeError } from '../../../runtime/errors.js';
import { HEAD_PATH } from '../../describe/expression/expression-head.js';
import { FEATURE_COUNT } from '../../describe/expression/head-features.js';
import { sha256 } from '../../models/manifest.js';

/** Our own expression head as `emoscope models` shows it; MODEL_INTEGRITY when the file is missing. */
export const headInfo = async (): Promise<ModelInfo> => {
  const bytes = await readFile(HEAD_PATH).catch((cause: unknown) => {
    throw new EmoscopeError('MODEL_INTEGRITY', 'The expression head is missing.', { cause });
  });
  return {
    name: 'expression_head',
    task: 'expression-head',
    file: 'models/expression-head/head.json',
    sourcePackage: 'emoscope',
    sourceVersion: '1',
    licence: 'MIT',
    inputShape: [-1, FEATURE_COUNT],
    labels: EMOTIONS,
    sha256: sha256(bytes),
  };
};
