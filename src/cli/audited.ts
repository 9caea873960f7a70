import { userInfo } from 'node:os';
import type { Config } from '../config/schema.js';
import type { AuditAct } from '../contracts/service/audit.js';
import { audited as auditedBy, type Actor } from '../pipeline/compose/audited.js';
import { loggerOf, type CliContext } from './context.js';

/** The system's name of the account that runs this. */
const accountName = (): string => {
  try {
    return userInfo().username;
  } catch {
    // A number without a name, as in some containers.
    return String(process.getuid?.() ?? 'unknown');
  }
};

/** The person at the command line; the audit log says its faults alone there. */
export const actorAt = (context: CliContext, config: Config): Actor => ({
  name: `cli:${accountName()}`,
  logger: loggerOf(context, config).child({}, { level: 'warn' }),
});

/**
 * Does something of the command line between its beginning and its end in the audit log. Throws AUDIT_WRITE, and then
 * nothing has been done.
 */
export const audited = <T>(
  context: CliContext,
  config: Config,
  act: Pick<AuditAct, 'kind' | 'action' | 'target'>,
  work: () => Promise<T>,
): Promise<T> => auditedBy(config, actorAt(context, config), act, work);
