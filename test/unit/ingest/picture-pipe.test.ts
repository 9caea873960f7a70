import { spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { afterEach, expect, it, vi } from 'vitest';
import { openPicturePipe } from '../../../src/ingest/ffmpeg/picture-pipe.js';
import { waitUntil } from '../../fixtures/wait-until.js';

afterEach(() => vi.unstubAllEnvs());

const MIB = 2 ** 20;

/** Runs `head` on zeros into a pipe; counts what comes out, and in which memories. */
const start = (bytes: number) => {
  const pipe = openPicturePipe();
  if (pipe === null) throw new Error('no pipe could be made');
  const seen = { bytes: 0, memories: new Set<ArrayBufferLike>(), closed: false };
  const reader = pipe.read((piece) => {
    seen.bytes += piece.length;
    seen.memories.add(piece.buffer);
  });
  reader.once('close', () => (seen.closed = true));
  spawn('head', ['-c', String(bytes), '/dev/zero'], { stdio: ['ignore', pipe.writeFd, 'ignore'] });
  closeSync(pipe.writeFd);
  return { reader, seen };
};

it('brings every byte in one and the same memory, ends with the writer, and leaves no name behind', async () => {
  const { seen } = start(5 * MIB);
  await waitUntil('the end of the pipe', () => seen.closed);
  expect(seen.bytes).toBe(5 * MIB);
  expect(seen.memories.size).toBe(1);
  expect((await readdir(tmpdir())).filter((name) => name.startsWith('emoscope-pipe-'))).toEqual([]);
});

it('holds the writer up while paused', async () => {
  const { reader, seen } = start(5 * MIB);
  await waitUntil('first bytes', () => seen.bytes > 0);
  reader.pause();
  const before = seen.bytes;
  const other = start(5 * MIB);
  await waitUntil('as much through a pipe that is not paused', () => other.seen.closed);
  expect(seen.bytes).toBe(before);
  reader.resume();
  await waitUntil('the end of the pipe', () => seen.closed);
  expect(seen.bytes).toBe(5 * MIB);
});

it('is null where its name cannot be written', () => {
  vi.stubEnv('TMPDIR', '/proc/no/such/folder');
  expect(openPicturePipe()).toBeNull();
});
