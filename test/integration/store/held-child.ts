import { setTimeout as pause } from 'node:timers/promises';
import { openStore } from '../../../src/store/open-store.js';
import { framesOf, POSTER_AND_SITTER, POSTER_AND_SITTER_CUT, storedNumbers } from './held-scene.js';
import { silent, storeConfig } from './stores.js';

// Run as a process of its own to be killed: counts a scene frame by frame, says which, and at last that all is on disk.
const [path = ''] = process.argv.slice(2);
const store = await openStore(storeConfig({ path }), silent);
const numbers = storedNumbers(store);
for (const [n, result] of framesOf(POSTER_AND_SITTER, POSTER_AND_SITTER_CUT).entries()) {
  numbers.add(result);
  process.stdout.write(`${n}\n`);
  await pause(30);
}
await store.flush();
process.stdout.write('flushed\n');
setInterval(() => undefined, 1000);
