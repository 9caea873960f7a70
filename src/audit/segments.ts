import { open, readdir, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';

const NAME = /^audit-(\d{12})\.jsonl$/;
const CHUNK_BYTES = 64 * 1024;
const NEWLINE = 0x0a;

/** One file of the chain, named after its first entry. */
export interface Segment {
  readonly name: string;
  readonly path: string;
  readonly firstSeq: number;
}

/** The segment that begins with this entry. */
export const segmentAt = (folder: string, firstSeq: number): Segment => {
  const name = `audit-${String(firstSeq).padStart(12, '0')}.jsonl`;
  return { name, path: join(folder, name), firstSeq };
};

/** All segments, oldest first; none where there is no folder yet. */
export const listSegments = async (folder: string): Promise<readonly Segment[]> => {
  const names = await readdir(folder).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  });
  return names
    .flatMap((name) => {
      const digits = NAME.exec(name)?.[1];
      return digits === undefined ? [] : [segmentAt(folder, Number(digits))];
    })
    .sort((a, b) => a.firstSeq - b.firstSeq);
};

const readAt = async (file: FileHandle, from: number, bytes: number): Promise<Buffer> => {
  const buffer = Buffer.alloc(bytes);
  const { bytesRead } = await file.read(buffer, 0, bytes, from);
  return buffer.subarray(0, bytesRead);
};

/**
 * The whole lines of a file from its end to its beginning, some at a time, each group newest first; what stands behind
 * the last line break is no line yet and is left out.
 */
export async function* linesBackwards(path: string): AsyncGenerator<readonly string[]> {
  const file = await open(path, 'r');
  try {
    let end = (await file.stat()).size;
    // The beginning of a line whose rest has been read already; null until the last line break is found.
    let rest: Buffer | null = null;
    while (end > 0) {
      const from = Math.max(0, end - CHUNK_BYTES);
      let part: Buffer = await readAt(file, from, end - from);
      end = from;
      if (rest === null) {
        const last = part.lastIndexOf(NEWLINE);
        if (last < 0) continue;
        part = part.subarray(0, last);
      } else part = Buffer.concat([part, rest]);
      const first: number = end === 0 ? -1 : part.indexOf(NEWLINE);
      if (first < 0 && end > 0) {
        rest = part;
        continue;
      }
      rest = part.subarray(0, Math.max(0, first));
      yield part
        .subarray(first + 1)
        .toString('utf8')
        .split('\n')
        .reverse();
    }
  } finally {
    await file.close();
  }
}

/** The whole lines of a file from its beginning, some at a time. */
export async function* linesForwards(path: string): AsyncGenerator<readonly string[]> {
  const file = await open(path, 'r');
  try {
    let rest: Buffer = Buffer.alloc(0);
    for (let from = 0; ;) {
      const part = await readAt(file, from, CHUNK_BYTES);
      if (part.length === 0) return;
      from += part.length;
      const text = Buffer.concat([rest, part]);
      const last = text.lastIndexOf(NEWLINE);
      rest = text.subarray(last + 1);
      if (last >= 0) yield text.subarray(0, last).toString('utf8').split('\n');
    }
  } finally {
    await file.close();
  }
}

/** Bytes up to and with the last line break of a file. */
export const wholeBytes = async (path: string): Promise<number> => {
  const file = await open(path, 'r');
  try {
    let end = (await file.stat()).size;
    while (end > 0) {
      const from = Math.max(0, end - CHUNK_BYTES);
      const last = (await readAt(file, from, end - from)).lastIndexOf(NEWLINE);
      if (last >= 0) return from + last + 1;
      end = from;
    }
    return 0;
  } finally {
    await file.close();
  }
};
