import type { DuckDBConnection } from '@duckdb/node-api';
import { access, copyFile, rename } from 'node:fs/promises';
import { EmoscopeError } from '../../../runtime/errors.js';
import { makeThenMove } from '../../../runtime/files/make-then-move.js';
import { Database } from './database.js';
import { storeError } from './faults.js';

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** Copies one state of the whole database into a new file while writing goes on; throws CONFLICT when it exists. */
export const backup = async (connection: DuckDBConnection, path: string): Promise<void> => {
  if (await exists(path)) throw new EmoscopeError('CONFLICT', 'The backup file exists already');
  try {
    await makeThenMove('backup', path, async (part) => {
      const [source = ''] = (await connection.runAndReadAll('SELECT current_database()')).getColumns()[0] ?? [];
      await connection.run(`ATTACH ${quoted(part)} AS emoscope_backup`);
      try {
        await connection.run(`COPY FROM DATABASE "${String(source).replaceAll('"', '""')}" TO emoscope_backup`);
        await connection.run('CHECKPOINT emoscope_backup');
      } finally {
        await connection.run('DETACH emoscope_backup');
      }
    });
  } catch (error) {
    throw storeError(error);
  }
};

/**
 * Puts a backup in the place of the database, which must not be open; the one that was there is kept beside it as
 * `<path>.before-restore`. Throws STORE_LOCKED, STORE_CORRUPT, STORE_TOO_NEW.
 */
export const restoreDatabase = async (backupPath: string, path: string, memoryLimitMb = 512): Promise<void> => {
  if (!(await exists(backupPath))) throw new EmoscopeError('INPUT_NOT_FOUND', 'The backup file does not exist');
  const make = async (part: string): Promise<void> => {
    await copyFile(backupPath, part);
    const copy = await Database.open({ path: part, memoryLimitMb });
    await copy.checkpoint();
    await copy.close();
  };
  await makeThenMove('restore', path, make, () => putAside(path, memoryLimitMb));
};

const putAside = async (path: string, memoryLimitMb: number): Promise<void> => {
  if (!(await exists(path))) return;
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
};
