import { copyFile, stat, truncate } from 'node:fs/promises';

/** Length and checksum in front of each entry; the reported position is behind them. */
const ENTRY_HEAD_BYTES = 16;
const REPLAY_FAULT = /replaying WAL file[\s\S]*byte position (\d+)/;

/**
 * After a power cut the end of the log may hold anything. Everything before the first damaged entry is sound, so the log
 * is cut there; the whole of it stays beside as `<path>.wal.damaged`. Returns the bytes cut, 0 when the fault is another.
 */
export const cutDamagedLog = async (path: string, error: unknown): Promise<number> => {
  const match = REPLAY_FAULT.exec(error instanceof Error ? error.message : '');
  if (match === null) return 0;
  const log = `${path}.wal`;
  const { size } = await stat(log);
  const soundBytes = Math.max(0, Number(match[1]) - ENTRY_HEAD_BYTES);
  if (soundBytes >= size) return 0;
  await copyFile(log, `${log}.damaged`);
  await truncate(log, soundBytes);
  return size - soundBytes;
};
