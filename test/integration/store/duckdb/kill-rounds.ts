import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openStore } from '../../../../src/store/open-store.js';
import { seeded } from '../../../fixtures/store-rows.js';
import { writeAndKill } from './killed.js';
import { silent, storeConfig } from '../stores.js';

// npx tsx test/integration/store/duckdb/kill-rounds.ts [--rounds 50] [--seed 1]: kills a writing process -9 at random moments.
const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '50' }, seed: { type: 'string', default: '1' } },
});
const folder = await mkdtemp(join(tmpdir(), 'emoscope-kill-'));
const path = join(folder, 'emoscope.duckdb');
const random = seeded(Number(values.seed));
const lostMs: number[] = [];
let start = 0;
let faults = 0;

for (let round = 1; round <= Number(values.rounds); round += 1) {
  const killed = await writeAndKill(path, start, 1 + Math.floor(random() * 200), random() * 100);
  const opening = performance.now();
  const store = await openStore(storeConfig({ path }), silent);
  const openedMs = performance.now() - opening;
  const stored = await store.samples({ fromTs: 0, toTs: 1e12, limit: 1e9 });
  const whole = stored.every(({ ts }, n) => ts === n);
  const kept = stored.length >= killed.committed;
  // The oldest row that is missing was handed over this long before the last sign of life.
  const firstLost = killed.turns.find(({ appended }) => appended > stored.length);
  const lost = firstLost === undefined ? 0 : (killed.turns.at(-1)?.ts ?? 0) - firstLost.ts;
  lostMs.push(lost);
  if (!whole || !kept) faults += 1;
  console.log(
    `round ${round}: ${killed.appended - start} appended, ${killed.appended - stored.length} missing, the oldest ${lost} ms old; ` +
      `opened in ${openedMs.toFixed(0)} ms; ${whole && kept ? 'sound' : 'NOT SOUND'}`,
  );
  start = stored.length;
  await store.close();
}
lostMs.sort((a, b) => a - b);
console.log(
  `${values.rounds} rounds, ${faults} faults; oldest missing row: median ${lostMs[lostMs.length >> 1] ?? 0} ms, worst ${lostMs.at(-1) ?? 0} ms`,
);
await rm(folder, { recursive: true, force: true });
process.exitCode = faults === 0 ? 0 : 1;
