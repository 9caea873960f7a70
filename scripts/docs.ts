import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { generatedConfigDocs } from '../src/config/docs.js';

for (const [path, text] of Object.entries(generatedConfigDocs())) {
  writeFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), text);
  console.log(`written: ${path}`);
}
