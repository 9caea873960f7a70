import { readFileSync, writeFileSync } from 'node:fs';
import { README, withFigures } from '../bench/stored-figures.js';

writeFileSync(README, await withFigures(readFileSync(README, 'utf8')));
console.error(`written: ${README}`);
