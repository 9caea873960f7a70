import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { EmoscopeError } from '../errors.js';

/** The folder of an installed package; its `exports` map does not matter. Throws MODEL_INTEGRITY where it is missing. */
export const packageFolder = (name: string): string => {
  const folders = createRequire(import.meta.url).resolve.paths(name) ?? [];
  const found = folders.map((folder) => path.join(folder, name)).find((folder) => existsSync(folder));
  if (found === undefined)
    throw new EmoscopeError('MODEL_INTEGRITY', `The package ${name}, whose files are needed, is not installed.`);
  return found;
};
