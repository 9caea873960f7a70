import type { DuckDBConnection } from '@duckdb/node-api';
import type { AuditRecord } from '../../contracts/audit.js';
import type { AuditQuery } from '../port.js';
import { numberOf, selectRows, textOf, textOrNull } from './select.js';

/** The audit log, newest first. */
export const listAudit = async (
  connection: DuckDBConnection,
  { beforeSeq = null, limit }: AuditQuery,
): Promise<readonly AuditRecord[]> => {
  const rows = await selectRows(
    connection,
    `SELECT * FROM audit ${beforeSeq === null ? '' : `WHERE seq < ${Math.floor(beforeSeq)}`}
     ORDER BY seq DESC LIMIT ${Math.max(0, Math.floor(limit))}`,
  );
  return rows.map((row) => ({
    seq: numberOf(row, 'seq'),
    ts: numberOf(row, 'ts'),
    kind: textOf(row, 'kind') as AuditRecord['kind'],
    actor: textOf(row, 'actor'),
    action: textOf(row, 'action'),
    target: textOrNull(row, 'target'),
    outcome: textOf(row, 'outcome') as AuditRecord['outcome'],
    address: textOrNull(row, 'address'),
    requestId: textOrNull(row, 'request_id'),
  }));
};
