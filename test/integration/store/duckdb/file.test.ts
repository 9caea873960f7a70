import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, copyFile, mkdir, open, readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, describe, expect, it } from 'vitest';
import { EmoscopeError } from '../../../../src/runtime/errors.js';
import { Database } from '../../../../src/store/duckdb/file/database.js';
import { restoreDatabase } from '../../../../src/store/duckdb/file/backup.js';
import { contact, crowd, sample } from '../../../fixtures/store-rows.js';
import { DAY, storeConfig, Stores } from '../stores.js';

const stores = new Stores();
afterEach(() => stores.closeAll());

const PERIOD = { fromTs: DAY, toTs: DAY + 3_600_000, threshold: 20, smileIndex: 'face' } as const;
/** A rejection with the engine's own words, which tell what to look for when a case fails. */
const fault = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no fault',
    (error: unknown) => (error instanceof EmoscopeError && error.code !== 'INTERNAL' ? error.code : inspect(error)),
  );
describe('one writer', () => {
  it('refuses a second one in the same process, until the first has let go', async () => {
    const { store, config } = await stores.file();
    await expect(stores.open(config)).rejects.toMatchObject({ code: 'STORE_LOCKED' });
    store.append(crowd({ seed: 1, fromTs: DAY, minutes: 1 }));
    await store.flush();
    await store.close();
    const again = await stores.open(config);
    expect(again.health().stored.samples).toBeGreaterThan(0);
  });

  it('refuses one in another process', async () => {
    const path = join(await stores.folder(), 'emoscope.duckdb');
    const script = fileURLToPath(new URL('./writing-child.ts', import.meta.url));
    const child = spawn(process.execPath, ['--import', 'tsx', script, path], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      await once(createInterface({ input: child.stdout }), 'line');
      await expect(stores.open(storeConfig({ path }))).rejects.toMatchObject({ code: 'STORE_LOCKED' });
    } finally {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    await stores.open(storeConfig({ path }));
  });
});

describe('a file that is not ours', () => {
  const damaged: readonly (readonly [string, (path: string) => Promise<void>])[] = [
    ['text', (path) => writeFile(path, 'not a database, but long enough to be read as one'.repeat(500))],
    ['a few bytes', (path) => writeFile(path, 'DUCK')],
    [
      'the file of another program',
      async (path) => {
        const instance = await DuckDBInstance.create(path);
        const connection = await instance.connect();
        await connection.run('CREATE TABLE mine (a INTEGER)');
        connection.closeSync();
        instance.closeSync();
      },
    ],
    ['a folder', (path) => mkdir(path)],
    [
      'a truncated store',
      async (path) => {
        const store = await stores.open(storeConfig({ path }));
        store.append(crowd({ seed: 1, fromTs: DAY, minutes: 10 }));
        await store.close();
        await truncate(path, Math.floor((await stat(path)).size / 2));
      },
    ],
  ];
  it.each(damaged)('is refused as corrupt: %s', async (_name, make) => {
    const path = join(await stores.folder(), 'emoscope.duckdb');
    await make(path);
    const opened = stores.open(storeConfig({ path })).then((store) => store.samples({ ...PERIOD, limit: 1e6 }));
    expect(await fault(opened)).toBe('STORE_CORRUPT');
  });

  it('is refused when a newer program wrote it', async () => {
    const { store, config } = await stores.file();
    await store.close();
    const instance = await DuckDBInstance.create(config.path);
    const connection = await instance.connect();
    await connection.run("INSERT INTO schema_versions VALUES (999, 'future')");
    connection.closeSync();
    instance.closeSync();
    await expect(stores.open(config)).rejects.toMatchObject({ code: 'STORE_TOO_NEW' });
  });

  it.skipIf(process.getuid?.() === 0)('is refused when it cannot be written', async () => {
    const { store, config } = await stores.file();
    await store.close();
    await chmod(config.path, 0o400);
    await expect(stores.open(config)).rejects.toMatchObject({ code: 'STORE_WRITE' });
  });
});

describe('a log whose end is torn or damaged', () => {
  const broken: readonly (readonly [string, (log: Buffer) => Buffer])[] = [
    ['cut by a byte', (log) => log.subarray(0, -1)],
    ['cut in the middle', (log) => log.subarray(0, log.length / 2)],
    ['followed by zeros', (log) => Buffer.concat([log, Buffer.alloc(4096)])],
    ['followed by rubbish', (log) => Buffer.concat([log, Buffer.alloc(4096, 0x5a)])],
    [
      'with a flipped byte near its end',
      (log) => Buffer.from(log.map((byte, n) => (n === log.length - 40 ? byte ^ 1 : byte))),
    ],
    ['empty', () => Buffer.alloc(0)],
  ];

  it('gives back every commit before the damage, whole, and takes new rows', async () => {
    const { store, config, folder } = await stores.file();
    const commits = 8;
    for (let n = 0; n < commits; n += 1) {
      store.append({
        samples: Array.from({ length: 20 }, (_, k) => sample({ ts: DAY + n * 20 + k, trackId: `t${k}` })),
      });
      await store.flush();
    }
    const [file, log] = [await readFile(config.path), await readFile(`${config.path}.wal`)];
    const counts: Record<string, number> = {};
    for (const [name, damage] of broken) {
      const path = join(folder, `${name}.duckdb`);
      await writeFile(path, file);
      await writeFile(`${path}.wal`, damage(log));
      const opened = await stores.open(storeConfig({ path }));
      const stored = await opened.samples({ ...PERIOD, limit: 1e6 });
      expect(
        stored.map(({ ts }) => ts - DAY),
        name,
      ).toEqual(stored.map((_, n) => n));
      expect(stored.length % 20, name).toBe(0);
      counts[name] = stored.length / 20;
      opened.append({ samples: [sample({ ts: DAY + 1e6 })] });
      await opened.flush();
      expect((await opened.samples({ ...PERIOD, limit: 1e6 })).length).toBe(stored.length + 1);
      await opened.close();
    }
    expect(counts).toMatchObject({
      'cut by a byte': commits - 1,
      'followed by zeros': commits,
      'followed by rubbish': commits,
      'with a flipped byte near its end': commits - 1,
      empty: 0,
    });
  });
});

describe('a checkpoint that was torn', () => {
  it('is undone: the blocks put aside before it make the file readable again, and nothing is missing', async () => {
    const folder = await stores.folder();
    const path = join(folder, 'emoscope.duckdb');
    const store = await stores.open(storeConfig({ path }));
    const rows = crowd({ seed: 9, fromTs: DAY, minutes: 2 });
    store.append(rows);
    await store.close();
    const database = await Database.open({ path, memoryLimitMb: 256 });
    await database.writer.run('CREATE TABLE later (a INTEGER)');
    await database.guardCheckpoint();
    const torn = join(folder, 'torn.duckdb');
    for (const end of ['', '.wal', '.guard']) await copyFile(path + end, torn + end);
    const blocks = await database.writer.runAndReadAll('SELECT block_id::INTEGER FROM pragma_metadata_info()');
    await database.close();
    const file = await open(torn, 'r+');
    for (const [block] of blocks.getRows())
      await file.write(Buffer.alloc(100_000, 0x5a), 0, 100_000, 12_288 + Number(block) * 262_144);
    await file.close();
    const unguarded = join(folder, 'unguarded.duckdb');
    for (const end of ['', '.wal']) await copyFile(torn + end, unguarded + end);
    expect(await fault(stores.open(storeConfig({ path: unguarded })))).toBe('STORE_CORRUPT');

    const again = await stores.open(storeConfig({ path: torn }));
    expect(await again.samples({ ...PERIOD, limit: 1e6 })).toHaveLength(rows.samples.length);
    expect(await readdir(folder)).not.toContain('torn.duckdb.guard');
  });
});

describe('a backup', () => {
  it('is consistent while writing goes on, and can be put back', async () => {
    const { store, config, folder } = await stores.file();
    const rows = crowd({ seed: 5, fromTs: DAY, minutes: 6 });
    store.append({ ...rows, contacts: [contact({ startTs: DAY })] });
    await store.maintain();
    const before = await store.me1(PERIOD);
    const copy = join(folder, 'backup', 'copy.duckdb');
    const during = crowd({ seed: 6, fromTs: DAY + 1_800_000, minutes: 6 });
    const saving = store.backup(copy);
    for (const row of during.samples) store.append({ samples: [row] });
    await Promise.all([saving, store.flush()]);
    expect(store.health().lost.samples).toBe(0);
    await expect(store.backup(copy)).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(restoreDatabase(copy, config.path)).rejects.toMatchObject({ code: 'STORE_LOCKED' });
    await store.close();

    await restoreDatabase(copy, config.path);
    const restored = await stores.open(config);
    const first = { ...PERIOD, toTs: DAY + 1_800_000 };
    // Sums may differ in the last bit with the order of adding.
    const counts = ({ aggregates }: typeof before) =>
      aggregates.map(({ streamId, samples, absolute, analysedFrames, clusters }) => [
        streamId,
        samples,
        absolute,
        analysedFrames,
        clusters.tracks,
      ]);
    expect(counts(await restored.me1(first))).toEqual(counts(before));
    expect(counts(await restored.me1(first, 'raw'))).toEqual(counts(before));
    expect(await restored.contact('c1')).toEqual(contact({ startTs: DAY }));
    // What was there before stays beside it.
    expect(await readdir(folder)).toContain('emoscope.duckdb.before-restore');
    restored.append(during);
    await restored.flush();
  });

  it('that is damaged or missing is refused, and the present file stays', async () => {
    const { store, config, folder } = await stores.file();
    store.append(crowd({ seed: 7, fromTs: DAY, minutes: 1 }));
    await store.close();
    const present = await readFile(config.path);
    const bad = join(folder, 'bad.duckdb');
    await copyFile(config.path, bad);
    await truncate(bad, 5000);
    expect(await fault(restoreDatabase(bad, config.path))).toBe('STORE_CORRUPT');
    await expect(restoreDatabase(join(folder, 'none'), config.path)).rejects.toMatchObject({ code: 'INPUT_NOT_FOUND' });
    expect(present.equals(await readFile(config.path))).toBe(true);
    expect((await readdir(folder)).sort()).toEqual(['bad.duckdb', 'emoscope.duckdb']);
  });
});
