import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, expect, it } from 'vitest';
import { createBackupPort } from '../../../src/pipeline/ports/backup-port.js';
import { makeOwnFolder, sweepFolders } from '../../../src/runtime/own-folder.js';
import { processMark } from '../../../src/runtime/process-mark.js';
import { crowd } from '../../fixtures/store-rows.js';
import { waitUntil } from '../../fixtures/wait-until.js';
import { DAY, Stores } from './stores.js';

const folder = mkdtempSync(join(tmpdir(), 'emoscope-short-'));
const stores = new Stores();
afterAll(async () => {
  await stores.closeAll();
  rmSync(folder, { recursive: true, force: true });
});

it('what killed processes left is swept; what a living one uses, and what is somebody else’s, is not', async () => {
  const mine = await makeOwnFolder(folder, 'backup');
  // The number of this process with another beginning.
  const left = [
    `.emoscope-export-${processMark()}0-abcdef`,
    '.emoscope-backup-999999999-1-abcdef',
    'emoscope-backup-oldold',
  ];
  const kept = ['emoscope-backup-newnew', 'emoscope-backup-of-anna', 'backups', 'emoscope.duckdb.before-restore'];
  for (const name of [...left, ...kept]) mkdirSync(join(folder, name));
  await writeFile(join(folder, left[0] ?? '', 'samples.csv'), 'x');
  utimesSync(join(folder, 'emoscope-backup-oldold'), 1, 1);
  expect(await sweepFolders(folder, Date.now())).toBe(3);
  expect(readdirSync(folder).sort()).toEqual([...kept, mine.slice(folder.length + 1)].sort());
  expect(await sweepFolders(join(folder, 'absent'), Date.now())).toBe(0);
});

it('backups asked for at once: one is made, the others are told so, and nothing stays behind', async () => {
  const { store, folder: home } = await stores.file();
  store.append(crowd({ seed: 1, fromTs: DAY, minutes: 2 }));
  const port = createBackupPort(store, home);
  const answers = await Promise.allSettled([1, 2, 3, 4].map(() => port.open()));
  const made = answers.filter((answer) => answer.status === 'fulfilled');
  expect(made).toHaveLength(1);
  for (const answer of answers)
    if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'CONFLICT' });
  const [first] = made;
  if (first === undefined) throw new Error('no backup');
  expect((await buffer(first.value)).subarray(8, 12).toString()).toBe('DUCK');
  await waitUntil('the copy to go', () => readdirSync(home).every((name) => !name.startsWith('.emoscope')));
  const next = await port.open();
  next.destroy();
  await waitUntil('the second copy to go', () => readdirSync(home).every((name) => !name.startsWith('.emoscope')));
});
