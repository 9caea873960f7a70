import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import { printedSeed } from '../../fixtures/seeded.js';
import { seeded } from '../../fixtures/store-rows.js';
import { face, frame } from '../../unit/metrics/faces.js';
import {
  expectAfterKill,
  framesOf,
  POSTER_AND_SITTER,
  POSTER_AND_SITTER_CUT,
  sinkOf,
  storedNumbers,
  sumsOf,
  type Visit,
} from './held-scene.js';
import { DAY, storeConfig, Stores } from './stores.js';

const stores = new Stores();
afterEach(() => stores.closeAll());

const CHILD = fileURLToPath(new URL('./held-child.ts', import.meta.url));

/** People and posters that come, are judged at some time, and go; and after which frame the process dies. */
const sceneOf = (random: () => number): { visits: readonly Visit[]; cut: number } => {
  const whole = (most: number): number => Math.floor(random() * most);
  const visits = Array.from({ length: 6 }, (_, n): Visit => {
    const from = whole(80);
    const judgedAt = from + 10 + whole(24);
    return { trackId: `t${n}`, from, to: from + 5 + whole(60), judgedAt, still: random() < 0.3 };
  });
  return { visits, cut: 40 + whole(60) };
};

it('a process that dies loses no frame; what is known of a face by then counts in all that wait', async () => {
  const random = seeded(printedSeed('held'));
  const scenes = [{ visits: POSTER_AND_SITTER, cut: POSTER_AND_SITTER_CUT }, sceneOf(random), sceneOf(random)];
  for (const { visits, cut } of scenes) {
    const results = framesOf(visits, cut);
    const folder = await stores.folder();
    const path = join(folder, 'emoscope.duckdb');
    const store = await stores.open(storeConfig({ path }));
    const numbers = storedNumbers(store);
    for (const result of results) {
      numbers.add(result);
      if (random() < 0.4) await store.flush();
    }
    await store.flush();
    // What is on disk at this moment is what a kill leaves.
    const copy = join(folder, 'copy.duckdb');
    await store.backup(copy);
    const settledBefore = await sumsOf(store);
    const left = await stores.open(storeConfig({ path: copy }));
    const expected = await stores.memory();
    await expectAfterKill(expected, visits, results);
    expect(await sumsOf(left)).toEqual(await sumsOf(expected));
    expect((await sumsOf(left))[0]?.analysedFrames).toBe(cut);
    expect(settledBefore[0]?.analysedFrames ?? 0).toBeLessThanOrEqual(cut);
    // Taken up once: another start finds nothing more.
    await left.close();
    const again = await stores.open(storeConfig({ path: copy }));
    expect(await sumsOf(again)).toEqual(await sumsOf(expected));
    await stores.closeStores();
  }
}, 120_000);

it('kill -9: a picture judged while its frames waited for somebody else counts in none of them', async () => {
  const random = seeded(printedSeed('held kill -9'));
  // The first is killed when all is on disk, the others in the middle of it.
  for (const killAfter of [null, 20 + random() * 20, 32 + random() * 8]) {
    const path = join(await stores.folder(), 'emoscope.duckdb');
    const child = spawn(process.execPath, ['--import', 'tsx', CHILD, path], { stdio: ['ignore', 'pipe', 'inherit'] });
    for await (const line of createInterface({ input: child.stdout }))
      if (line === 'flushed' || (killAfter !== null && Number(line) >= killAfter)) child.kill('SIGKILL');
    if (child.signalCode === null) await once(child, 'exit');
    expect(child.signalCode).toBe('SIGKILL');
    const left = await stores.open(storeConfig({ path }));
    const kept = (await sumsOf(left))[0]?.analysedFrames ?? 0;
    if (killAfter === null) expect(kept).toBe(POSTER_AND_SITTER_CUT);
    // A commit takes the work of whole frames.
    const expected = await stores.memory();
    await expectAfterKill(expected, POSTER_AND_SITTER, framesOf(POSTER_AND_SITTER, kept));
    expect(await sumsOf(left)).toEqual(await sumsOf(expected));
    await stores.closeStores();
  }
}, 120_000);

it('a poster that is judged in time never enters a figure, and nothing is left waiting', async () => {
  const { store, config } = await stores.file();
  const numbers = storedNumbers(store);
  const poster = { trackId: 'poster', from: 0, to: 100, judgedAt: 30, still: true };
  for (const result of framesOf([poster], 60)) {
    numbers.add(result);
    await store.flush();
  }
  expect(await sumsOf(store)).toMatchObject([{ samples: 0, analysedFrames: 60, framesWithFaces: 0 }]);
  await store.close();
  const again = await stores.open(config);
  await again.flush();
  expect(await sumsOf(again)).toMatchObject([{ samples: 0, analysedFrames: 60 }]);
}, 60_000);

it('sellers do not wait on disk where they are not to be kept', async () => {
  const { store, config } = await stores.file();
  const numbers = storedNumbers(store, 'seller', sinkOf(store, 'off'));
  numbers.add(frame(DAY, [face({ trackId: 's', role: 'seller', unsure: true })]));
  await store.close();
  const again = await stores.open(config);
  await again.flush();
  expect(await sumsOf(again)).toEqual([]);
}, 60_000);
