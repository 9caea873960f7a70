import type { AuditRecord } from '../../contracts/service/audit-record.js';

export interface AuditQuery {
  /** Only entries with a smaller `seq`. */
  readonly beforeSeq?: number | null;
  readonly limit: number;
}

/** Who did what, as versions before kept it in the database. */
export interface AuditLog {
  /** Entries of the audit log that versions before kept in the database, newest first, numbered from 0 downwards. */
  formerAudit(query: AuditQuery): Promise<readonly AuditRecord[]>;
}
