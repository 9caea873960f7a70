import type { Role } from '../../contracts/role.js';
import type { PastWindows } from '../../contracts/window.js';
import type { Period } from '../../contracts/period.js';

/** What live figures go on from: the local day, and its last seconds one by one. */
export interface PastQuery {
  readonly streams: readonly string[];
  readonly day: Period;
  /** Seconds and visits one by one, whole seconds. */
  readonly recent: Period;
  readonly threshold: number;
  /** Happiness of a held smile, percent, and how long it is held, ms. */
  readonly heldSmile: { readonly level: number; readonly ms: number };
}

/** A visit without a summary: its first and its last sample. */
export interface LostVisit {
  readonly streamId: string;
  readonly role: Role;
  readonly trackId: string;
  readonly firstTs: number;
  readonly lastTs: number;
}

/** The past of one stream and role. */
export type PastRow = PastWindows & { readonly streamId: string; readonly role: Role };

/** What a process that starts goes on from. */
export interface ResumeReader {
  /**
   * One row for each stream and role with frames or samples in the day, of all that was appended before this call and of
   * nothing that is appended after it, however long the reading takes. Throws PERIOD_INVALID, THRESHOLD_INVALID.
   */
  past(query: PastQuery): Promise<readonly PastRow[]>;
  /**
   * Visits of the two days before the newest sample (not after `nowTs`) that have samples appended before this call and no
   * summary, by their beginning. Asked before any camera starts, they are those whose process died.
   */
  lostVisits(nowTs: number): Promise<readonly LostVisit[]>;
}
