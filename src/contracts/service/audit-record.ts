import { z } from 'zod';
import { AUDIT_KINDS, AUDIT_OUTCOMES, AUDIT_PHASES } from './audit.js';

/** An entry of the audit log as it is kept; `seq` orders the log. */
export const auditRecord = z
  .object({
    seq: z.number().describe('Grows by one per entry; entries of versions before have numbers from 0 downwards.'),
    ts: z.number(),
    phase: z.enum(AUDIT_PHASES),
    kind: z.enum(AUDIT_KINDS),
    actor: z.string(),
    action: z.string(),
    target: z.string().nullable(),
    outcome: z.enum(AUDIT_OUTCOMES),
    address: z.string().nullable(),
    requestId: z.string().nullable(),
    of: z.number().nullable().describe('`seq` of the entry with which this act began.'),
  })
  .meta({ id: 'AuditRecord' });

export type AuditRecord = z.infer<typeof auditRecord>;
