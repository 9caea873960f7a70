import { open, readFile, rename, rm, writeFile, type FileHandle } from 'node:fs/promises';

/** The engine's file: three headers, then blocks of one size. */
const HEADERS_BYTES = 3 * 4096;
const BLOCK_BYTES = 262_144;

const guardOf = (path: string): string => `${path}.guard`;

/**
 * A checkpoint writes some blocks of the table of contents in their place. A process that is killed in the middle of such
 * a write leaves a block that is neither old nor new, and the file cannot be opened. So these blocks and the headers are
 * put aside first; all else a checkpoint writes goes to free blocks.
 */
export const saveGuard = async (path: string, file: FileHandle, blockIds: readonly number[]): Promise<void> => {
  const places = [
    { offset: 0, length: HEADERS_BYTES },
    ...blockIds.map((id) => ({ offset: HEADERS_BYTES + id * BLOCK_BYTES, length: BLOCK_BYTES })),
  ];
  const parts: Buffer[] = [];
  for (const { offset, length } of places) {
    const head = Buffer.alloc(16);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, offset);
    head.writeBigUInt64LE(BigInt(offset), 0);
    head.writeBigUInt64LE(BigInt(bytesRead), 8);
    parts.push(head, buffer.subarray(0, bytesRead));
  }
  const part = `${guardOf(path)}.part`;
  await writeFile(part, Buffer.concat(parts), { mode: 0o600, flush: true }).catch(async (error: unknown) => {
    await rm(part, { force: true });
    throw error;
  });
  await rename(part, guardOf(path));
};

/** The checkpoint is through, or the file opened without help. */
export const dropGuard = (path: string): Promise<void> => rm(guardOf(path), { force: true });

/** Puts the blocks back after a checkpoint that was torn; false when none were put aside. The database must be closed. */
export const applyGuard = async (path: string): Promise<boolean> => {
  const saved = await readFile(guardOf(path)).catch(() => null);
  if (saved === null) return false;
  const file = await open(path, 'r+');
  try {
    for (let at = 0; at + 16 <= saved.length;) {
      const offset = Number(saved.readBigUInt64LE(at));
      const length = Number(saved.readBigUInt64LE(at + 8));
      await file.write(saved, at + 16, length, offset);
      at += 16 + length;
    }
    await file.sync();
  } finally {
    await file.close();
  }
  await dropGuard(path);
  return true;
};
