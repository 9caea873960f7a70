import type { DuckDBConnection } from '@duckdb/node-api';
import type { AuditRecord } from '../../../contracts/service/audit-record.js';
import type { AuditQuery } from '../../ports/audit-log.js';
import { numberOf, selectRows, textOf, textOrNull } from '../sql/select.js';

/**
 * Entries of the audit log that versions before kept here, newest first; the newest has the number 0, the one before −1
 * and so on. New entries go to the files of `src/audit`.
 */
export const listFormerAudit = async (
  connection: DuckDBConnection,
  { beforeSeq = null, limit }: AuditQuery,
): Promise<readonly AuditRecord[]> => {
  const rows = await selectRows(
    connection,
    `WITH former AS (SELECT * REPLACE (seq - (SELECT max(seq) FROM audit) AS seq) FROM audit)
     SELECT * FROM former ${beforeSeq === null ? '' : `WHERE seq < ${Math.floor(beforeSeq)}`}
     ORDER BY seq DESC LIMIT ${Math.max(0, Math.floor(limit))}`,
  );
  return rows.map((row) => ({
    seq: numberOf(row, 'seq'),
    ts: numberOf(row, 'ts'),
    phase: 'finished',
    of: null,
    kind: textOf(row, 'kind') as AuditRecord['kind'],
    actor: textOf(row, 'actor'),
    action: textOf(row, 'action'),
    target: textOrNull(row, 'target'),
    outcome: textOf(row, 'outcome') as AuditRecord['outcome'],
    address: textOrNull(row, 'address'),
    requestId: textOrNull(row, 'request_id'),
  }));
};
