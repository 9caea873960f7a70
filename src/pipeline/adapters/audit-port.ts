import type { AuditPort } from '../../api/routes/audit-port.js';
import type { AuditLog } from '../../store/ports/audit-log.js';

/** The audit log, and behind its oldest entry what versions before kept in the database. */
export const createAuditPort = (log: AuditPort, store: AuditLog): AuditPort => ({
  begin: (act) => log.begin(act),
  note: (act, outcome) => log.note(act, outcome),
  list: async ({ beforeSeq, limit }) => {
    const isFormer = beforeSeq !== null && beforeSeq <= 0;
    const kept = isFormer ? [] : await log.list({ beforeSeq, limit });
    if (kept.length >= limit) return kept;
    const former = await store.formerAudit({ beforeSeq: isFormer ? beforeSeq : null, limit: limit - kept.length });
    return [...kept, ...former];
  },
});
