import type { AuditEntry, AuditRecord } from '../contracts/audit.js';
import type { KeptEntry } from './chain-file.js';
import { hashOf, lineOf, ORIGIN } from './entry-line.js';

const MOST_ENTRIES = 10_000;

/** The chain of a service that keeps nothing on disk; drop policy: the oldest entries go. */
export class MemoryChain {
  private records: AuditRecord[] = [];
  private head = ORIGIN;

  append(entries: readonly AuditEntry[]): Promise<readonly KeptEntry[]> {
    const kept = entries.map((entry) => {
      const record = { ...entry, seq: this.head.seq + 1 };
      const hash = hashOf(lineOf(record, this.head.hash));
      this.head = { seq: record.seq, hash };
      return { record, hash };
    });
    this.records.push(...kept.map(({ record }) => record));
    if (this.records.length > 2 * MOST_ENTRIES) this.records = this.records.slice(-MOST_ENTRIES);
    return Promise.resolve(kept);
  }

  list(beforeSeq: number | null, limit: number): Promise<readonly AuditRecord[]> {
    const older = this.records.filter(({ seq }) => beforeSeq === null || seq < beforeSeq);
    return Promise.resolve(older.toReversed().slice(0, limit));
  }
}
