import type { Readable } from 'node:stream';

/** A consistent copy of the whole store, streamed; nothing of it stays behind when the stream ends or is destroyed. */
export interface BackupPort {
  open(): Promise<Readable>;
}
