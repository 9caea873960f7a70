import { mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { systemClock } from '../clock.js';
import { makeOwnFolder, sweepFolders, type OwnFolderKind } from './own-folder.js';

const syncFile = async (path: string): Promise<void> => {
  const file = await open(path, 'r+');
  await file.sync();
  await file.close();
};

/**
 * Lets `make` write a file in a folder of its own beside `path`, and moves it there once it is whole and on disk. Half a file
 * never stands under the name; what an earlier kill left beside it is removed first. `beforeMove` makes room.
 */
export const makeThenMove = async (
  kind: OwnFolderKind,
  path: string,
  make: (part: string) => Promise<void>,
  beforeMove: () => Promise<void> = () => Promise.resolve(),
): Promise<void> => {
  const parent = dirname(path);
  await mkdir(parent, { recursive: true, mode: 0o700 });
  await sweepFolders(parent, systemClock.now());
  const folder = await makeOwnFolder(parent, kind);
  try {
    const part = join(folder, basename(path));
    await make(part);
    await syncFile(part);
    await beforeMove();
    await rename(part, path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
