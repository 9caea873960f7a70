import { writeFile } from 'node:fs/promises';

/** Permission bits of everybody but the owner. */
const OTHERS = 0o077;

let usersMask = 0o022;

/**
 * From here on every file and folder that this program and its libraries create is its owner's alone: the store and its
 * log, backups, accounts, bundles. Where a system has no such bits nothing happens.
 */
export const keepFilesPrivate = (): void => {
  usersMask = process.umask(OTHERS);
};

/** Writes what somebody asked for to hand it on, such as a report, with the permissions that their other files have. */
export const writeForPeople = async (file: string, body: string | Uint8Array): Promise<void> => {
  process.umask(usersMask);
  try {
    await writeFile(file, body);
  } finally {
    process.umask(OTHERS);
  }
};
