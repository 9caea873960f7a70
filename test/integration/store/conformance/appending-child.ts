import { sample } from '../../../fixtures/store-rows.js';
import { silent, storeConfig, TestClock } from '../stores.js';
import { ENGINES } from './engine-list.js';

// Run as a process of its own to be killed: appends numbered samples, says up to which they are committed.
const [engine = '', path = '', first = '0'] = process.argv.slice(2);
const open = ENGINES[engine];
if (open === undefined) throw new Error(`no engine is called ${engine}`);
const store = await open(storeConfig({ path }), silent, new TestClock());
let next = Number(first);
const PER_TURN = 7;
setInterval(() => {
  // One batch is one frame: all of its rows or none are there afterwards.
  const ts = next;
  store.append({ samples: Array.from({ length: PER_TURN }, (_, n) => sample({ ts, trackId: `t${n}` })) });
  next += 1;
}, 3);
const tell = async (): Promise<void> => {
  for (;;) {
    const appended = next;
    await store.flush();
    process.stdout.write(`${appended}\n`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};
await tell();
