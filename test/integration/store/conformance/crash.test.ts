import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { printedSeed } from '../../../fixtures/seeded.js';
import { sample, seeded } from '../../../fixtures/store-rows.js';
import { storeConfig } from '../stores.js';
import { onEveryEngine } from './engines.js';

const CHILD = fileURLToPath(new URL('./appending-child.ts', import.meta.url));
const EVER = { fromTs: 0, toTs: 1e9, limit: 1e9 };
const ROUNDS = 3;

/** Lets a process append into the store from `first` on and kills it -9; gives up to where it had said all is committed. */
const appendAndKill = async (engine: string, path: string, first: number, afterLines: number): Promise<number> => {
  const child = spawn(process.execPath, ['--import', 'tsx', CHILD, engine, path, String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let committed = first;
  let lines = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    committed = Number(line);
    lines += 1;
    if (lines === afterLines) child.kill('SIGKILL');
  }
  if (child.signalCode === null) await once(child, 'exit');
  expect(child.signalCode).toBe('SIGKILL');
  return committed;
};

onEveryEngine((stores, engine) => {
  it('kill -9 loses nothing that was committed, leaves no half of a frame and no hole, and the store goes on', async () => {
    const random = seeded(printedSeed('kill -9, any engine'));
    const path = join(await stores.folder(), 'emoscope.store');
    let first = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const committed = await appendAndKill(engine, path, first, 2 + Math.floor(random() * 20));
      const store = await stores.open(storeConfig({ path }));
      const found = await store.samples(EVER);
      const frames = new Map<number, number>();
      for (const { ts } of found) frames.set(ts, (frames.get(ts) ?? 0) + 1);
      expect([...frames.keys()]).toEqual(Array.from({ length: frames.size }, (_, n) => n));
      expect(new Set(frames.values())).toEqual(new Set([7]));
      expect(frames.size).toBeGreaterThanOrEqual(committed);
      first = frames.size;
      await store.close();
    }
    const store = await stores.open(storeConfig({ path }));
    store.append({ samples: [sample({ ts: first, trackId: 't0' })] });
    await store.flush();
    expect(await store.samples(EVER)).toHaveLength(7 * first + 1);
  });
});
