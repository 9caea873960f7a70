import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import type { BackupPort } from '../../api/reports/backup-port.js';
import { EmoscopeError } from '../../runtime/errors.js';
import { makeOwnFolder } from '../../runtime/files/own-folder.js';
import type { Upkeep } from '../../store/ports/upkeep.js';

/** What a copy of the database is called at its end. */
const EXTENSION = '.duckdb';

/**
 * Backups for download: written to a folder of their own in `parent`, streamed, removed. One at a time, since each takes as
 * much room as the database; throws CONFLICT while another one is written or read.
 */
export const createBackupPort = (store: Pick<Upkeep, 'backup'>, parent: string): BackupPort => {
  let isBusy = false;
  return {
    extension: EXTENSION,
    open: async () => {
      if (isBusy) {
        throw new EmoscopeError('CONFLICT', {
          ru: 'Другая резервная копия ещё пишется или скачивается; попробуйте после неё.',
          en: 'Another backup is still being written or downloaded; try again after it.',
        });
      }
      isBusy = true;
      let folder: string | null = null;
      const remove = async (): Promise<void> => {
        if (folder !== null) await rm(folder, { recursive: true, force: true });
        isBusy = false;
      };
      try {
        folder = await makeOwnFolder(parent, 'backup');
        const file = join(folder, `emoscope${EXTENSION}`);
        await store.backup(file);
        const stream = createReadStream(file);
        // A client that goes away ends the stream early, which is no fault of ours.
        void finished(stream)
          .catch(() => undefined)
          .finally(remove);
        return stream;
      } catch (error) {
        await remove();
        throw error;
      }
    },
  };
};
