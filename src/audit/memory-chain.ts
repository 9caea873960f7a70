import type { AuditEntry } from '../contracts/service/audit.js';
import type { AuditRecord } from '../contracts/service/audit-record.js';
import { chained, headOf, ORIGIN, type ChainedEntry } from './entry-line.js';

const MOST_ENTRIES = 10_000;

/** The chain of a service that keeps nothing on disk; drop policy: the oldest entries go. */
export class MemoryChain {
  private records: AuditRecord[] = [];
  private head = ORIGIN;

  append(entries: readonly AuditEntry[]): Promise<readonly ChainedEntry[]> {
    const kept = chained(entries, this.head);
    this.head = headOf(kept, this.head);
    this.records.push(...kept.map(({ record }) => record));
    if (this.records.length > 2 * MOST_ENTRIES) this.records = this.records.slice(-MOST_ENTRIES);
    return Promise.resolve(kept);
  }

  list(beforeSeq: number | null, limit: number): Promise<readonly AuditRecord[]> {
    const older = this.records.filter(({ seq }) => beforeSeq === null || seq < beforeSeq);
    return Promise.resolve(older.toReversed().slice(0, limit));
  }
}
