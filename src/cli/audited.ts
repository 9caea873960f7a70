import { userInfo } from 'node:os';
import type { AuditLog } from '../audit/audit-log.js';
import { openAudit } from '../audit/open-audit.js';
import type { Config } from '../config/schema.js';
import type { AuditAct } from '../contracts/audit.js';
import { loggerOf, type CliContext } from './context.js';

/** The system's name of whoever runs this. */
const accountName = (): string => {
  try {
    return userInfo().username;
  } catch {
    // A number without a name, as in some containers.
    return String(process.getuid?.() ?? 'unknown');
  }
};

/** As the audit log names whoever is at the command line. */
export const cliActor = (): string => `cli:${accountName()}`;

/** The audit log of a configuration; at the command line it says its faults alone. */
export const auditOf = (context: CliContext, config: Config): AuditLog =>
  openAudit(config.store, loggerOf(context, config).child({}, { level: 'warn' }));

/**
 * Does something of the command line between its beginning and its end in the audit log. Throws AUDIT_WRITE, and then
 * nothing has been done.
 */
export const audited = async <T>(
  context: CliContext,
  config: Config,
  { kind, action, target }: Pick<AuditAct, 'kind' | 'action' | 'target'>,
  work: () => Promise<T>,
): Promise<T> => {
  const log = auditOf(context, config);
  try {
    const open = await log.begin({ kind, action, target, actor: cliActor(), address: null, requestId: null });
    try {
      const result = await work();
      open.end('finished', 'allowed');
      return result;
    } catch (error) {
      open.end('aborted', 'failed');
      throw error;
    }
  } finally {
    await log.close();
  }
};
