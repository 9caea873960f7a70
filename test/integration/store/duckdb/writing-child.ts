import { createLogger } from '../../../../src/runtime/logger.js';
import { DuckdbStore } from '../../../../src/store/duckdb/store.js';
import { sample } from '../../../fixtures/store-rows.js';

// Run as a process of its own to be killed: appends numbered samples, says how many are committed.
const [path = '', start = '0'] = process.argv.slice(2);
const store = await DuckdbStore.open({
  path,
  memoryLimitMb: 256,
  threads: 1,
  retention: { samplesMs: 1e13, rollupsMs: 1e13, from: 'now' },
  logger: createLogger({ level: 'silent', pretty: false }),
  // The log is folded all the time, so that kills fall into checkpoints, too.
  logFolding: { limitBytes: 200_000, lookEveryMs: 50, spareBytes: 0 },
});
const PER_TURN = 20;
let next = Number(start);
setInterval(() => {
  const ts = Date.now();
  store.append({
    samples: Array.from({ length: PER_TURN }, (_, n) =>
      sample({ ts: next + n, trackId: `t${next + n}`, quality: 0.5, happiness: (next + n) % 101 }),
    ),
    frames: [{ ts: next, streamId: 'a', role: 'customer', zoneId: null, analysed: 1, withFaces: 1, faces: PER_TURN }],
  });
  next += PER_TURN;
  process.stdout.write(`${ts} ${next} ${next - store.health().pending.samples}\n`);
}, 10);
let upkeep = Promise.resolve();
setInterval(() => {
  upkeep = upkeep.then(async () => {
    await store.maintain();
  });
}, 300);
