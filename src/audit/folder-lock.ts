import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isRunning, processMark } from '../runtime/process/process-mark.js';
import { pause } from '../runtime/wait.js';

const NAME = 'lock';
const LOOK_EVERY_MS = 10;
/** A holder writes for milliseconds; one that does not let go for so long and does not run any more has died. */
const DEAD_AFTER_MS = 2000;
/** Longer than a slow disk takes for one entry. */
const GIVE_UP_AFTER_MS = 10_000;

const NEVER = new AbortController().signal;

const isThere = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'EEXIST';

const holderOf = (path: string): Promise<string | null> => readFile(path, 'utf8').catch(() => null);

/** Takes away the lock of a holder that died, unless somebody else has done so and holds it now. */
const breakLock = async (path: string, holder: string): Promise<void> => {
  const aside = `${path}.${randomUUID()}`;
  await rename(path, aside).catch(() => undefined);
  const taken = await holderOf(aside);
  if (taken !== null && taken !== holder) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
};

const take = async (path: string): Promise<void> => {
  const token = `${processMark()} ${randomUUID()}`;
  const startedMs = performance.now();
  let seen = { holder: '', sinceMs: startedMs };
  for (;;) {
    try {
      await writeFile(path, token, { flag: 'wx', mode: 0o600 });
      return;
    } catch (error) {
      if (!isThere(error)) {
        // A file that was made and could not be filled would lock out everybody.
        if ((await holderOf(path)) === '') await rm(path, { force: true });
        throw error;
      }
      const holder = await holderOf(path);
      const now = performance.now();
      if (now - startedMs > GIVE_UP_AFTER_MS) throw error;
      if (holder !== null && seen.holder !== holder) seen = { holder, sinceMs: now };
      else if (now - seen.sinceMs > DEAD_AFTER_MS && !isRunning(seen.holder.split(' ')[0] ?? ''))
        await breakLock(path, seen.holder);
      await pause(LOOK_EVERY_MS, NEVER);
    }
  }
};

/** Does some work on a folder while no other process does. Rejects when another one does not end its own. */
export const alone = async <T>(folder: string, work: () => Promise<T>): Promise<T> => {
  const path = join(folder, NAME);
  await take(path);
  try {
    return await work();
  } finally {
    await rm(path, { force: true }).catch(() => undefined);
  }
};
