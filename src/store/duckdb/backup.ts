import type { DuckDBConnection } from '@duckdb/node-api';
import { access, copyFile, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { EmoscopeError } from '../../runtime/errors.js';
import { Database } from './database.js';
import { storeError } from './faults.js';

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

const syncFile = async (path: string): Promise<void> => {
  const file = await open(path, 'r+');
  await file.sync();
  await file.close();
};

/** Copies one state of the whole database into a new file while writing goes on; throws CONFLICT when it exists. */
export const backup = async (connection: DuckDBConnection, path: string): Promise<void> => {
  if (await exists(path)) throw new EmoscopeError('CONFLICT', 'The backup file exists already');
  const part = `${path}.part`;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await rm(part, { force: true });
  try {
    const [source = ''] = (await connection.runAndReadAll('SELECT current_database()')).getColumns()[0] ?? [];
    await connection.run(`ATTACH ${quoted(part)} AS emoscope_backup`);
    try {
      await connection.run(`COPY FROM DATABASE "${String(source).replaceAll('"', '""')}" TO emoscope_backup`);
      await connection.run('CHECKPOINT emoscope_backup');
    } finally {
      await connection.run('DETACH emoscope_backup');
    }
    await syncFile(part);
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    await rm(`${part}.wal`, { force: true });
    throw storeError(error);
  }
};

/**
 * Puts a backup in the place of the database, which must not be open; the one that was there is kept beside it as
 * `<path>.before-restore`. Throws STORE_LOCKED, STORE_CORRUPT, STORE_TOO_NEW.
 */
export const restoreStore = async (backupPath: string, path: string, memoryLimitMb = 512): Promise<void> => {
  if (!(await exists(backupPath))) throw new EmoscopeError('INPUT_NOT_FOUND', 'The backup file does not exist');
  const part = `${path}.restore`;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await rm(part, { force: true });
  await rm(`${part}.wal`, { force: true });
  try {
    await copyFile(backupPath, part);
    const copy = await Database.open({ path: part, memoryLimitMb });
    await copy.checkpoint();
    await copy.close();
    if (await exists(path)) {
      const present = await Database.open({ path, memoryLimitMb }).catch((error: unknown) => {
        const fault = storeError(error);
        if (fault.code === 'STORE_LOCKED') throw fault;
        // A damaged or newer file is what a restore is for.
        return null;
      });
      if (present !== null) {
        await present.checkpoint();
        await present.close();
      }
      await rename(path, `${path}.before-restore`);
      if (await exists(`${path}.wal`)) await rename(`${path}.wal`, `${path}.before-restore.wal`);
    }
    await syncFile(part);
    await rename(part, path);
  } finally {
    await rm(part, { force: true });
    await rm(`${part}.wal`, { force: true });
    await rm(`${part}.guard`, { force: true });
    await rm(`${part}.tmp`, { recursive: true, force: true });
  }
};
