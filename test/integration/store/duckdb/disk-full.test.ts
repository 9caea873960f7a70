import { execFileSync } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { DuckdbStore } from '../../../../src/store/duckdb/store.js';
import { createLogger } from '../../../../src/runtime/logger.js';
import { LOG_FOLDING } from '../../../../src/store/duckdb/file/log-folder.js';
import type { Store } from '../../../../src/store/ports/store.js';
import { smallDisk, type SmallDisk } from '../../../fixtures/small-disk.js';
import { crowd, sample, seeded } from '../../../fixtures/store-rows.js';
import { waitUntil } from '../../../fixtures/wait-until.js';
import { DAY, silent, Stores, TestClock } from '../stores.js';

const stores = new Stores();
const disks: SmallDisk[] = [];
afterEach(async () => {
  await stores.closeStores();
  for (const disk of disks.splice(0)) disk.remove();
  await stores.closeAll();
});

/** The folder of a disk of a few megabytes, where this user may mount one. */
const folderOfSmallDisk = (megabytes: number): string | null => {
  const disk = smallDisk(megabytes);
  if (disk !== null) disks.push(disk);
  return disk?.path ?? null;
};

const openOn = (disk: string, maxBufferedRows: number, logFolding = LOG_FOLDING, logger = silent) =>
  DuckdbStore.open({
    path: join(disk, 'emoscope.duckdb'),
    memoryLimitMb: 256,
    retention: { samplesMs: 1e13, rollupsMs: 1e13, from: 'now' },
    logger,
    clock: new TestClock(),
    maxBufferedRows,
    logFolding,
  });

const random = seeded(1);

/** Numbered samples, so that what survived can be told. */
const numbered = (from: number, count: number) =>
  Array.from({ length: count }, (_, n) =>
    sample({
      ts: DAY + from + n,
      trackId: `t${from + n}`,
      happiness: random() * 100,
      age: random() * 90,
      mood: random(),
    }),
  );

const fill = async (store: Store, disk: string, leaveBytes = 0): Promise<void> => {
  const ballast = join(disk, 'ballast');
  const free = Number(execFileSync('df', ['--output=avail', '-B1', disk]).toString().split('\n')[1]);
  await writeFile(ballast, Buffer.alloc(free - leaveBytes)).catch(() => undefined);
  expect(store.health().state).toBe('ok');
};

it('a full disk: live goes on, the loss is counted and reported, writing resumes by itself', async ({ skip }) => {
  const disk = folderOfSmallDisk(24);
  if (disk === null) return skip('needs the right to mount a small disk');
  const store = await openOn(disk, 5000);
  let appended = 0;
  const append = (count: number) => {
    store.append({ samples: numbered(appended, count) });
    appended += count;
  };
  append(1000);
  await store.flush();
  await fill(store, disk);
  // Until the last free block is used up, commits still succeed.
  while (store.health().state === 'ok') {
    append(200);
    await store.flush().catch(() => undefined);
  }
  const kept = store.health();
  expect(kept.reason).toMatch(/cannot be written/);
  // The pipeline goes on: appending neither throws nor waits, questions are answered, the buffer stays bounded.
  for (let n = 0; n < 100; n += 1) append(100);
  const { aggregates } = await store.me1({ fromTs: DAY, toTs: DAY + 1e9, threshold: 20, smileIndex: 'face' });
  expect(aggregates[0]?.samples).toBeGreaterThanOrEqual(1000);
  const full = store.health();
  expect(full.pending.samples).toBeLessThanOrEqual(5000);
  expect(full.lost.samples).toBeGreaterThan(0);

  await rm(join(disk, 'ballast'));
  await waitUntil('everything written', () => store.health().state === 'ok' && store.health().pending.samples === 0);
  append(500);
  await store.flush();
  const { lost } = store.health();
  const stored = await store.samples({ fromTs: DAY, toTs: DAY + 1e9, limit: 1e9 });
  // Every row is stored once or counted as lost.
  expect(stored.length + lost.samples).toBe(appended);
  expect(new Set(stored.map(({ trackId }) => trackId)).size).toBe(stored.length);
  // The report knows what is missing.
  const answer = await store.me1({ fromTs: DAY, toTs: DAY + 1e9, threshold: 20, smileIndex: 'face' });
  expect(answer.coverage.lost.samples).toBe(lost.samples);
  expect(answer.aggregates[0]?.samples).toBe(stored.length);
  await store.close();
  const again = await openOn(disk, 5000);
  expect(again.health().stored.samples).toBe(stored.length);
  await again.close();
});

it('a disk without room to fold the log in: the fold is put off and nothing is lost', async ({ skip }) => {
  const disk = folderOfSmallDisk(24);
  if (disk === null) return skip('needs the right to mount a small disk');
  const lines: string[] = [];
  const logger = createLogger({ level: 'debug', pretty: false, destination: { write: (line) => lines.push(line) } });
  // Folds without looking for room first.
  const store = await openOn(disk, 50_000, { limitBytes: 500_000, lookEveryMs: 10, spareBytes: -1e9 }, logger);
  let appended = 0;
  const append = (count: number) => {
    store.append({ samples: numbered(appended, count) });
    appended += count;
  };
  append(1000);
  await store.flush();
  await fill(store, disk, 2_500_000);
  await waitUntil('a fold that ran out of room', () => {
    append(60);
    return lines.some((line) => line.includes('checkpoint put off'));
  });
  await rm(join(disk, 'ballast'));
  await waitUntil('everything written', () => {
    const { state, pending } = store.health();
    return state === 'ok' && pending.samples === 0;
  });
  expect(store.health().lost.samples).toBe(0);
  const stored = await store.samples({ fromTs: DAY, toTs: DAY + 1e9, limit: 1e9 });
  expect(stored.map(({ ts }) => ts - DAY)).toEqual(Array.from({ length: appended }, (_, n) => n));
});

it('a disk that stays full at the end: closing counts the rest as lost and leaves a sound file', async ({ skip }) => {
  const disk = folderOfSmallDisk(16);
  if (disk === null) return skip('needs the right to mount a small disk');
  const store = await openOn(disk, 5000);
  const rows = crowd({ seed: 3, fromTs: DAY, minutes: 2 });
  store.append(rows);
  await store.flush();
  await fill(store, disk);
  for (let from = 1e6; store.health().state === 'ok'; from += 200) {
    store.append({ samples: numbered(from, 200) });
    await store.flush().catch(() => undefined);
  }
  await store.close();
  expect(store.health().lost.samples).toBeGreaterThan(0);
  await rm(join(disk, 'ballast'));
  const again = await openOn(disk, 5000);
  expect(again.health().stored.samples).toBeGreaterThanOrEqual(rows.samples.length);
  await again.close();
});
