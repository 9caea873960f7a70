import { readState, type ChainState } from './chain-state.js';
import { hashOf, ORIGIN, parseLine, type ChainPoint } from './entry-line.js';
import { linesForwards, listSegments, type Segment } from './segments.js';

/** Where the chain does not hold. */
export interface ChainBreak {
  readonly file: string;
  /** From 1; null where it is about the file or the end of the chain. */
  readonly line: number | null;
  readonly problem: string;
}

export interface ChainFindings {
  readonly entries: number;
  readonly files: number;
  /** In order, at most ten. */
  readonly breaks: readonly ChainBreak[];
}

const MOST_BREAKS = 10;

/** What is wrong with an entry that should follow `before`, or null. */
const problemOf = (found: { readonly seq: number; readonly prev: string }, before: ChainPoint): string | null => {
  if (found.seq > before.seq + 1) return `entries ${before.seq + 1} to ${found.seq - 1} are missing`;
  if (found.seq <= before.seq) return `entry ${found.seq} stands after entry ${before.seq}`;
  return found.prev === before.hash ? null : `entry ${before.seq} was changed after it was written, or this one was`;
};

/** Follows one line after another. */
class Walk {
  readonly breaks: ChainBreak[] = [];
  entries = 0;
  before: ChainPoint;

  constructor(private readonly state: ChainState | null) {
    this.before = state?.anchor ?? ORIGIN;
  }

  take(file: string, line: number, text: string): void {
    const read = parseLine(text);
    const hash = hashOf(text);
    if (read === null) {
      this.breaks.push({ file, line, problem: 'this is no entry' });
      this.before = { seq: this.before.seq + 1, hash };
      return;
    }
    const { seq } = read.record;
    const problem = problemOf({ seq, prev: read.prev }, this.before);
    if (problem !== null) this.breaks.push({ file, line, problem });
    const head = this.state?.head;
    if (head?.seq === seq && head.hash !== hash)
      this.breaks.push({ file, line, problem: `entry ${seq} was changed after it was written` });
    this.before = { seq, hash };
    this.entries += 1;
  }

  /** Where it should have ended. */
  end(file: string): void {
    const { seq } = this.state?.head ?? ORIGIN;
    if (this.before.seq < seq)
      this.breaks.push({ file, line: null, problem: `entries ${this.before.seq + 1} to ${seq} are missing` });
  }
}

const walk = async (segments: readonly Segment[], state: ChainState | null): Promise<ChainFindings> => {
  const way = new Walk(state);
  const { seq } = way.before;
  // Without what a crash left of a file that rotation was removing.
  const kept = segments.filter((_, n) => (segments[n + 1]?.firstSeq ?? Infinity) > seq + 1);
  for (const { name, path } of kept) {
    let line = 0;
    for await (const lines of linesForwards(path)) for (const text of lines) way.take(name, (line += 1), text);
  }
  way.end(kept.at(-1)?.name ?? 'audit');
  if (state === null && segments.length > 0)
    way.breaks.push({ file: 'chain.json', line: null, problem: 'is missing or cannot be read' });
  return { entries: way.entries, files: kept.length, breaks: way.breaks.slice(0, MOST_BREAKS) };
};

/**
 * Follows the chain of a folder from its first kept entry to its last. A line that is being written, or that a crash
 * tore, is no entry yet. Nothing is changed.
 */
export const verifyChain = async (folder: string): Promise<ChainFindings> => {
  for (;;) {
    // The state first: what comes after may only be newer.
    const state = await readState(folder);
    const findings = await walk(await listSegments(folder), state).catch((error: unknown) => {
      // A file that rotation has just removed.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    });
    const hasRotated = (await readState(folder))?.anchor.seq !== state?.anchor.seq;
    if (findings !== null && !hasRotated) return findings;
  }
};
