import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, watch, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pino } from 'pino';
import { afterAll, expect, it } from 'vitest';
import { requestBackup } from '../../../src/cli/service-client.js';
import { configSchema } from '../../../src/config/schema.js';
import { keepSwept } from '../../../src/pipeline/upkeep/leftovers.js';
import { createBackupPort } from '../../../src/pipeline/adapters/backup-port.js';
import { makeOwnFolder, sweepFolders } from '../../../src/runtime/files/own-folder.js';
import { processMark, processSpace } from '../../../src/runtime/process/process-mark.js';
import { createContext } from '../../../src/cli/context.js';
import { startCli, runCli } from '../../fixtures/run-cli.js';
import { crowd } from '../../fixtures/store-rows.js';
import { waitFor, waitUntil } from '../../fixtures/wait-until.js';
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
    `.emoscope-restore-999999999-1-n${processSpace()}-abcdef`,
    // Of another container, and long silent.
    `.emoscope-backup-${processMark()}-n1-oldold`,
  ];
  const kept = ['emoscope-backup-newnew', 'emoscope-backup-of-anna', 'backups', 'emoscope.duckdb.before-restore'];
  kept.push('.emoscope-backup-999999999-1-n1-newnew');
  for (const name of [...left, ...kept]) mkdirSync(join(folder, name));
  await writeFile(join(folder, left[0] ?? '', 'samples.csv'), 'x');
  for (const name of left.filter((each) => each.endsWith('oldold'))) utimesSync(join(folder, name), 1, 1);
  expect(await sweepFolders(folder, Date.now())).toBe(left.length);
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
  // The copy is gone a moment before the port knows.
  const next = await waitFor('the next backup', () => port.open().catch(() => null));
  next.destroy();
  await waitUntil('the second copy to go', () => readdirSync(home).every((name) => !name.startsWith('.emoscope')));
});

it('the service sweeps at its start and again and again, its own copies never', async () => {
  const home = mkdtempSync(join(folder, 'home-'));
  const config = configSchema.parse({ store: { path: join(home, 'emoscope.duckdb') } }).store;
  const died = (name: string): string => join(home, `.emoscope-backup-999999999-1-n${processSpace()}-${name}`);
  mkdirSync(died('before'));
  const former = ['emoscope.duckdb.restore', 'emoscope.duckdb.restore.wal'].map((name) => join(home, name));
  for (const file of former) {
    writeFileSync(file, 'x');
    utimesSync(file, 1, 1);
  }
  writeFileSync(join(home, 'emoscope.duckdb.restore.guard'), 'being made');
  const mine = await makeOwnFolder(home, 'backup');
  const stop = await keepSwept(config, pino({ level: 'silent' }), 20);
  expect(readdirSync(home).sort()).toEqual([basename(mine), 'emoscope.duckdb.restore.guard']);
  mkdirSync(died('meanwh'));
  await waitUntil('what died meanwhile to go', () => !existsSync(died('meanwh')));
  await stop();
  mkdirSync(died('afterw'));
  expect(existsSync(mine)).toBe(true);
});

it('a backup and a restore killed at the command line leave nothing under their names, and the next one removes the rest', async () => {
  const { store, config: opened, folder: home } = await stores.file();
  store.append(crowd({ seed: 3, fromTs: DAY, minutes: 30 }));
  await store.close();
  const config = join(home, 'emoscope.yaml');
  writeFileSync(config, `store: { path: ${opened.path} }\n`);
  const copies = join(home, 'copies');
  mkdirSync(copies);
  /** Kills a command as soon as its folder appears. */
  const kill = async (args: readonly string[], where: string): Promise<void> => {
    const cli = startCli([...args, '--config', config]);
    const watcher = watch(where, (_, name) => {
      if (name?.startsWith('.emoscope-')) cli.child.kill('SIGKILL');
    });
    await cli.finished;
    watcher.close();
  };
  const leftIn = (where: string): string[] => readdirSync(where).filter((name) => name.startsWith('.emoscope-'));
  const copy = join(copies, 'copy.duckdb');
  await kill(['backup', copy], copies);
  expect(leftIn(copies)).toHaveLength(1);
  expect(existsSync(copy)).toBe(false);
  expect((await runCli(['backup', copy, '--config', config])).code).toBe(0);
  expect(readdirSync(copies)).toEqual(['copy.duckdb']);
  await kill(['restore', copy], home);
  expect(leftIn(home)).toHaveLength(1);
  expect(existsSync(opened.path)).toBe(true);
  expect((await runCli(['restore', copy, '--config', config])).code).toBe(0);
  expect(leftIn(home)).toEqual([]);
});

it('a backup from the service that breaks off is no backup', async () => {
  const home = mkdtempSync(join(folder, 'home-'));
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-length': 1000 });
    response.write('half', () => response.destroy());
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const config = configSchema.parse({ server: { port: (server.address() as AddressInfo).port } });
  await expect(requestBackup(createContext('en'), config, join(home, 'copy.duckdb'))).rejects.toThrow();
  server.close();
  expect(readdirSync(home)).toEqual([]);
});
