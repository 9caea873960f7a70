import type { AuditSink } from '../../contracts/service/audit.js';
import type { AuditRecord } from '../../contracts/service/audit-record.js';

/** Append-only. */
export interface AuditPort extends AuditSink {
  /** Newest first; only entries with `seq` below `beforeSeq` when given. */
  list(request: { readonly beforeSeq: number | null; readonly limit: number }): Promise<readonly AuditRecord[]>;
}
