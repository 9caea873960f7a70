import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import type { BackupPort } from '../../api/ports.js';
import type { Store } from '../../store/port.js';

/** Backups for download: written to a folder of their own, streamed, removed. */
export const createBackupPort = (store: Pick<Store, 'backup'>): BackupPort => ({
  open: async () => {
    const folder = await mkdtemp(join(tmpdir(), 'emoscope-backup-'));
    const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
    try {
      const file = join(folder, 'emoscope.duckdb');
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
});
