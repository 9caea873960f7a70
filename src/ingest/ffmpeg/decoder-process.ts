import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { openFilesLimit } from '../../runtime/process/open-files.js';
import { prlimitPath } from '../../runtime/process/prlimit-path.js';
import { openPicturePipe } from './picture-pipe.js';

/** What one decoder process may use. */
export interface DecoderLimits {
  /** Memory it may write to (RLIMIT_DATA), bytes. */
  readonly memoryBytes: number;
}

/** 8K with 16 reference pictures needs 1.6 GiB to decode in software; drivers of hardware decoders reserve more. */
const MEMORY_BYTES = { software: 2 * 1024 ** 3, hardware: 8 * 1024 ** 3 } as const;
/** Files and sockets that one decoder may have open. */
const OPEN_FILES = 256;

/** The limits for a way to decode. */
export const decoderLimits = (decode: string): DecoderLimits => ({
  memoryBytes: decode === 'software' ? MEMORY_BYTES.software : MEMORY_BYTES.hardware,
});

/** A command under limits; a crash of it leaves no core file, since that would hold pictures. */
export const limited = (
  command: string,
  args: readonly string[],
  limits: DecoderLimits,
): { readonly command: string; readonly args: readonly string[] } => {
  const prlimit = prlimitPath();
  if (prlimit === null) return { command, args };
  // No process may raise what it was given.
  const files = Math.min(OPEN_FILES, openFilesLimit());
  const rlimits = [`--data=${limits.memoryBytes}`, '--core=0', `--nofile=${files}`];
  return { command: prlimit, args: [...rlimits, '--', command, ...args] };
};

/** Without descriptors Node gives a child that has no pipes at all, whatever its type says. */
const hasPipes = (child: { readonly stdio?: unknown }): boolean => child.stdio !== undefined;

/** A decoder and where its pictures come out. */
export interface Decoder {
  readonly child: ChildProcess;
  readonly pictures: Readable;
}

/**
 * Starts a decoder without a shell: pictures on descriptor 1, words on 2, timing on 3, packets on 4, and `stdin`, a text or
 * what feeds it, on 0 where it is given. `onBytes` gets the pictures' bytes piece by piece and must not keep a piece. Limits are set by prlimit, which
 * becomes the decoder; a crash leaves no core file, since that would hold pictures. Throws the system's error where no process
 * can be made of it at all, for want of descriptors, processes or memory.
 */
export const startDecoder = (
  command: string,
  args: readonly string[],
  limits: DecoderLimits,
  stdin: string | { attach(to: Writable): void } | null,
  onBytes: (bytes: Buffer) => void,
): Decoder => {
  const bounded = limited(command, args, limits);
  const pipe = openPicturePipe();
  const reader = pipe?.read(onBytes);
  try {
    const child = spawn(bounded.command, bounded.args, {
      stdio: [stdin === null ? 'ignore' : 'pipe', pipe?.writeFd ?? 'pipe', 'pipe', 'pipe', 'pipe'],
    });
    if (!hasPipes(child)) {
      // Said again by the child, where nobody listens yet.
      child.once('error', () => undefined);
      reader?.destroy();
      throw Object.assign(new Error('no descriptors are left'), { code: 'EMFILE' });
    }
    // A decoder that ends before it has read its input says why on descriptor 2.
    child.stdin?.on('error', () => undefined);
    if (stdin === null || typeof stdin === 'string') child.stdin?.end(stdin);
    else if (child.stdin !== null) stdin.attach(child.stdin);
    return { child, pictures: reader ?? (child.stdout as Readable).on('data', onBytes) };
  } finally {
    // The decoder's own copy is the last one, so that the reader sees its end.
    if (pipe !== null) closeSync(pipe.writeFd);
  }
};
