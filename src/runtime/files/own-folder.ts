import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isRunning, processMark, processSpace } from '../process/process-mark.js';

/** What short-lived files are made for. */
export type OwnFolderKind = 'backup' | 'export' | 'restore';

const MARKED = /^\.emoscope-(?:backup|export|restore)-(\d+-\d*)(?:-n(\d*))?-[^-]{6}$/;
/** As versions before named them. */
const UNMARKED = /^\.?emoscope-(?:backup|export)-[^-]{6}$/;
/** Nothing is written to a copy for so long. */
const OLD_MS = 24 * 3_600_000;

/** Where short-lived copies lie: on the disk of the database, where there is room for them; `:memory:` is on none. */
export const copiesFolder = (databasePath: string): string =>
  databasePath === ':memory:' ? tmpdir() : dirname(databasePath);

/** A folder for a short-lived file, for this user alone; its name says whose it is. */
export const makeOwnFolder = (parent: string, kind: OwnFolderKind): Promise<string> =>
  mkdtemp(join(parent, `.emoscope-${kind}-${processMark()}-n${processSpace()}-`));

/** When anything in a folder was last written, epoch ms. */
const lastWritten = async (folder: string): Promise<number> => {
  const files = (await readdir(folder)).map((name) => join(folder, name));
  const times = await Promise.all([folder, ...files].map(async (path) => (await stat(path)).mtimeMs));
  return Math.max(...times);
};

const isLeft = async (parent: string, name: string, nowTs: number): Promise<boolean> => {
  const [marked, mark = '', space = processSpace()] = MARKED.exec(name) ?? [];
  // Another container's process cannot be seen from here; what it writes can.
  if (marked !== undefined && space === processSpace()) return !isRunning(mark);
  if (marked === undefined && !UNMARKED.test(name)) return false;
  return nowTs - (await lastWritten(join(parent, name))) > OLD_MS;
};

/**
 * Removes what killed processes left of backups, exports and restores, and what another container or versions before left a
 * day ago; never what a living process uses. Gives how many folders went; what cannot be looked at or removed stays.
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
