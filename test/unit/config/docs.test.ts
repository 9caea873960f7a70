import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { generatedConfigDocs } from '../../../src/config/docs.js';

it.each(Object.entries(generatedConfigDocs()))('%s is what the schema says (npm run docs)', (path, text) => {
  expect(readFileSync(fileURLToPath(new URL(`../../../${path}`, import.meta.url)), 'utf8')).toBe(text);
});
