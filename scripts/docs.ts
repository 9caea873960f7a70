import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { generatedConfigDocs } from '../src/config/docs.js';
import type { Simulation } from './simulate/simulation.js';
import { STORED, writeTables } from './simulate/stored-tables.js';

for (const [path, text] of Object.entries(generatedConfigDocs())) {
  writeFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), text);
  console.log(`written: ${path}`);
}
await writeTables(JSON.parse(readFileSync(STORED, 'utf8')) as Simulation);
