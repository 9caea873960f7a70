import { rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type { Config } from '../../config/schema.js';
import { systemClock } from '../../runtime/clock.js';
import type { Logger } from '../../runtime/logger.js';
import { copiesFolder, sweepFolders } from '../../runtime/files/own-folder.js';
import { databasePath } from '../../store/open-store.js';

const EVERY_MS = 3_600_000;
/** No restore takes so long. */
const OLD_MS = 24 * EVERY_MS;
/** What a killed restore of versions before left beside the database. */
const FORMER = ['.restore', '.restore.wal', '.restore.guard', '.restore.tmp'];

const sweepFormer = async (database: string, nowTs: number): Promise<number> => {
  let gone = 0;
  for (const path of FORMER.map((end) => database + end)) {
    const writtenTs = await stat(path).then(
      ({ mtimeMs }) => mtimeMs,
      () => null,
    );
    if (writtenTs === null || nowTs - writtenTs < OLD_MS) continue;
    await rm(path, { recursive: true, force: true });
    gone += 1;
  }
  return gone;
};

const sweep = async (config: Config['store'], logger: Logger): Promise<void> => {
  try {
    const now = systemClock.now();
    const database = databasePath(config);
    let left = database === ':memory:' ? 0 : await sweepFormer(database, now);
    for (const parent of new Set([copiesFolder(database), tmpdir()])) left += await sweepFolders(parent, now);
    if (left > 0) logger.info({ left }, 'what killed backups, exports and restores left is removed');
  } catch (error) {
    logger.warn({ err: error }, 'leftovers of killed backups stay');
  }
};

/** Removes what killed processes left beside the database and in the system's folder, now and every hour. Gives what ends it. */
export const keepSwept = async (
  config: Config['store'],
  logger: Logger,
  everyMs = EVERY_MS,
): Promise<() => Promise<void>> => {
  let going = sweep(config, logger);
  await going;
  const timer = setInterval(() => {
    going = going.then(() => sweep(config, logger));
  }, everyMs).unref();
  return async () => {
    clearInterval(timer);
    await going;
  };
};
