import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isRunning, processMark } from './process-mark.js';

const MARKED = /^\.emoscope-(?:backup|export)-(\d+-\d*)-[^-]{6}$/;
/** As versions before named them. */
const UNMARKED = /^\.?emoscope-(?:backup|export)-[^-]{6}$/;
/** No copy is made or read for so long. */
const OLD_MS = 24 * 3_600_000;

/** Where short-lived copies lie: on the disk of the database, where there is room for them; `:memory:` is on none. */
export const copiesFolder = (databasePath: string): string =>
  databasePath === ':memory:' ? tmpdir() : dirname(databasePath);

/** A folder for a short-lived file, for this user alone; its name says whose it is. */
export const makeOwnFolder = (parent: string, kind: 'backup' | 'export'): Promise<string> =>
  mkdtemp(join(parent, `.emoscope-${kind}-${processMark()}-`));

const isLeft = async (parent: string, name: string, nowTs: number): Promise<boolean> => {
  const mark = MARKED.exec(name)?.[1];
  if (mark !== undefined) return !isRunning(mark);
  return UNMARKED.test(name) && nowTs - (await stat(join(parent, name))).mtimeMs > OLD_MS;
};

/**
 * Removes what killed processes left of backups and exports, and what versions before left a day ago; never what a living
 * process uses. Gives how many folders went; what cannot be looked at or removed stays.
 */
export const sweepFolders = async (parent: string, nowTs: number): Promise<number> => {
  let gone = 0;
  for (const name of await readdir(parent).catch(() => [])) {
    if (!(await isLeft(parent, name, nowTs).catch(() => false))) continue;
    const removed = await rm(join(parent, name), { recursive: true, force: true }).then(
      () => 1,
      () => 0,
    );
    gone += removed;
  }
  return gone;
};
