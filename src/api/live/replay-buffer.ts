import type { ContactEndEvent } from '../../contracts/events.js';

interface Entry {
  readonly seq: number;
  readonly ts: number;
  readonly pointId: string;
  readonly contactId: string;
  /** null: too old to be held in memory, to be read back from the store. */
  event: ContactEndEvent | null;
}

export interface Replayable {
  readonly seq: number;
  readonly contactId: string;
  readonly event: ContactEndEvent | null;
}

export const REPLAY_MS = 15 * 60_000;
const HELD_IN_FULL = 500;
const MAX_ENTRIES = 50_000;

/** Ended contacts of the last 15 minutes in order of `seq`; the newest 500 in full, older ones by id. */
export class ReplayBuffer {
  private entries: Entry[] = [];

  add(event: ContactEndEvent, now: number): void {
    const { id: contactId, pointId } = event.contact;
    this.entries.push({ seq: event.seq, ts: now, pointId, contactId, event });
    const aged = this.entries.at(-1 - HELD_IN_FULL);
    if (aged !== undefined) aged.event = null;
    const firstKept = this.entries.findIndex(({ ts }) => Math.abs(now - ts) <= REPLAY_MS);
    this.entries.splice(0, Math.max(firstKept, this.entries.length - MAX_ENTRIES));
  }

  /** Puts contacts of an earlier run, in order of `seq`, before everything else. */
  seed(
    entries: readonly {
      readonly seq: number;
      readonly ts: number;
      readonly pointId: string;
      readonly contactId: string;
    }[],
  ): void {
    this.entries.unshift(...entries.map((entry) => ({ ...entry, event: null })));
  }

  /** The oldest entry after `seq` at one of the points (null: any), or null. */
  next(seq: number, points: ReadonlySet<string> | null): Replayable | null {
    return this.entries.find((entry) => entry.seq > seq && (points === null || points.has(entry.pointId))) ?? null;
  }

  count(seq: number, points: ReadonlySet<string> | null): number {
    return this.entries.filter((entry) => entry.seq > seq && (points === null || points.has(entry.pointId))).length;
  }
}
