import type { Readable } from 'node:stream';

/** A consistent copy of the whole store, streamed; nothing of it stays behind when the stream ends or is destroyed. */
export interface BackupPort {
  /** What a copy's file is called at its end, as the store's engine has it. */
  readonly extension: string;
  open(): Promise<Readable>;
}
