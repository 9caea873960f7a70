import { chown, mkdir, open, rm, stat, truncate } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { AuditEntry } from '../contracts/service/audit.js';
import type { AuditRecord } from '../contracts/service/audit-record.js';
import { readState, writeState, type ChainState } from './chain-state.js';
import {
  chained,
  hashOf,
  headOf,
  ORIGIN,
  parseLine,
  seqOf,
  type ChainedEntry,
  type ChainPoint,
  type ReadLine,
} from './entry-line.js';
import { alone } from './folder-lock.js';
import { linesBackwards, listSegments, segmentAt, wholeBytes, type Segment } from './segments.js';

export interface ChainLimits {
  /** A file that is as large is followed by the next. */
  readonly fileBytes: number;
  /** Files kept; the oldest goes when there are more. */
  readonly files: number;
}

interface Tail {
  readonly segment: Segment | null;
  readonly bytes: number;
  readonly head: ChainPoint;
  readonly anchor: ChainPoint;
}

type Note = (target: string) => AuditEntry;

/** The last line of a file: its place in the chain if it is an entry. */
const lastOf = async ({ path }: Segment): Promise<(ReadLine & { readonly point: ChainPoint }) | null> => {
  for await (const [line = ''] of linesBackwards(path)) {
    const read = parseLine(line);
    return read === null ? null : { ...read, point: { seq: read.record.seq, hash: hashOf(line) } };
  }
  return null;
};

const newestOf = (points: readonly (ChainPoint | null | undefined)[]): ChainPoint =>
  points.reduce<ChainPoint>((newest, point) => (point != null && point.seq > newest.seq ? point : newest), ORIGIN);

/** The name of a new file is on disk, too; where a system cannot do that it is left to it. */
const syncFolder = async (path: string): Promise<void> => {
  const folder = await open(path, 'r').catch(() => null);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
};

/**
 * The chain of entries in a folder: JSON lines in files that follow one another, each line with the hash of the line
 * before it. Every append looks at what is there, so that several processes may write, one at a time; a line that a crash
 * tore is cut off, and an entry says so. Where the end is missing or changed the chain goes on from what it was, which
 * leaves a break for `verifyChain` to find.
 */
export class ChainFile {
  private tail: Tail | null = null;
  /** The newest entry this process knows of, whatever happened to the files. */
  private known: ChainPoint | null = null;

  constructor(
    readonly folder: string,
    private readonly limits: ChainLimits,
    private readonly note: Note,
  ) {}

  /** Writes entries in order; all of them are on disk when this resolves, and none when it rejects. */
  async append(entries: readonly AuditEntry[]): Promise<readonly ChainedEntry[]> {
    await this.makeFolder();
    return alone(this.folder, async () => {
      const { tail, notes } = await this.takeUp();
      const kept = chained([...notes, ...entries], tail.head);
      const head = headOf(kept, tail.head);
      const body = Buffer.from(kept.map(({ line }) => `${line}\n`).join(''));
      const isFull = tail.bytes > 0 && tail.bytes + body.length > this.limits.fileBytes;
      const segment = tail.segment === null || isFull ? segmentAt(this.folder, tail.head.seq + 1) : tail.segment;
      const before = segment === tail.segment ? tail.bytes : 0;
      await this.write(segment, before, body);
      this.known = head;
      this.tail = { segment, bytes: before + body.length, head, anchor: tail.anchor };
      await this.keepState(this.tail, segment !== tail.segment);
      return kept.slice(notes.length);
    });
  }

  /** Entries newest first, only those with a smaller `seq` when given. */
  async list(beforeSeq: number | null, limit: number): Promise<readonly AuditRecord[]> {
    const records: AuditRecord[] = [];
    for (const { path, firstSeq } of (await listSegments(this.folder)).toReversed()) {
      if (beforeSeq !== null && firstSeq >= beforeSeq) continue;
      for await (const lines of linesBackwards(path)) {
        for (const line of lines) {
          if (records.length >= limit) return records;
          if (beforeSeq !== null && (seqOf(line) ?? 0) >= beforeSeq) continue;
          const read = parseLine(line);
          if (read !== null) records.push(read.record);
        }
      }
    }
    return records;
  }

  /** Where the chain ends, and what was odd about it. */
  private async takeUp(): Promise<{ readonly tail: Tail; readonly notes: readonly AuditEntry[] }> {
    const segments = await listSegments(this.folder);
    const newest = segments.at(-1) ?? null;
    const bytes = newest === null ? 0 : (await stat(newest.path)).size;
    const { tail } = this;
    if (tail !== null && tail.segment?.name === newest?.name && tail.bytes === bytes) return { tail, notes: [] };
    const oddities: string[] = [];
    const whole = newest === null ? 0 : await wholeBytes(newest.path);
    if (newest !== null && whole < bytes) {
      await truncate(newest.path, whole);
      oddities.push(`torn line of ${bytes - whole} bytes`);
    }
    const state = await readState(this.folder);
    if (state === null && segments.length > 0) oddities.push('chain.json');
    const last = await this.lastEntry(segments);
    // Of two that name the same entry what was known before counts, not what is found now.
    const head = newestOf([this.known, state?.head, last, state?.anchor]);
    if (head.seq !== (last?.seq ?? 0) || (last !== null && head.hash !== last.hash))
      oddities.push(`end of the chain: ${last?.seq ?? 0} instead of ${head.seq}`);
    const anchor = state?.anchor ?? (await this.anchorOf(segments));
    return {
      tail: { segment: newest, bytes: whole, head, anchor },
      notes: oddities.map((target) => this.note(target)),
    };
  }

  private async lastEntry(segments: readonly Segment[]): Promise<ChainPoint | null> {
    for (const segment of segments.toReversed()) {
      const last = await lastOf(segment);
      if (last !== null) return last.point;
    }
    return null;
  }

  /** What the first entry that is there follows, by its own word. */
  private async anchorOf([oldest]: readonly Segment[]): Promise<ChainPoint> {
    if (oldest === undefined) return ORIGIN;
    let first: ReadLine | null = null;
    for await (const lines of linesBackwards(oldest.path)) first = parseLine(lines.at(-1) ?? '');
    return first === null ? ORIGIN : { seq: first.record.seq - 1, hash: first.prev };
  }

  private async write({ path }: Segment, before: number, body: Buffer): Promise<void> {
    const file = await open(path, 'a', 0o600);
    try {
      await file.appendFile(body);
      await file.datasync();
    } catch (error) {
      // What is half written is no entry; if it cannot be cut off now, the next append does it.
      this.tail = null;
      await file.truncate(before).catch(() => undefined);
      throw error;
    } finally {
      await file.close();
    }
    if (before > 0) return;
    await this.own(path);
    await syncFolder(this.folder);
  }

  /** Notes the head, and lets the oldest files go. Where the disk refuses the head stays behind, which is no fault. */
  private async keepState(tail: Tail, isNewFile: boolean): Promise<void> {
    const own = (path: string): Promise<void> => this.own(path);
    try {
      let state: ChainState = { anchor: tail.anchor, head: tail.head };
      const segments = isNewFile ? await listSegments(this.folder) : [];
      const old = segments.slice(0, -this.limits.files);
      const last = old.at(-1);
      if (last !== undefined) state = { ...state, anchor: newestOf([state.anchor, (await lastOf(last))?.point]) };
      await writeState(this.folder, state, { durable: isNewFile, own });
      this.tail = { ...tail, anchor: state.anchor };
      for (const { path } of old) await rm(path, { force: true });
    } catch {
      // The entries are on disk, and that is what was asked for.
    }
  }

  private async makeFolder(): Promise<void> {
    const made = await mkdir(this.folder, { recursive: true, mode: 0o700 });
    if (made === undefined) return;
    for (const path of new Set([made, this.folder])) await this.own(path, dirname(made));
  }

  /** What root makes for the service stays writable for the service: it belongs to whom the folder belongs. */
  private async own(path: string, like = this.folder): Promise<void> {
    if (process.getuid?.() !== 0) return;
    const { uid, gid } = await stat(like);
    if (uid !== 0) await chown(path, uid, gid);
  }
}
