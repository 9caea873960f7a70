import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { README, withFigures } from '../../../bench/stored-figures.js';

it('the figures of bench/README.md are those that the benches wrote down', async () => {
  const text = readFileSync(README, 'utf8');
  expect(await withFigures(text)).toBe(text);
});
