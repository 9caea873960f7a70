import type { AuditLog } from '../../audit/audit-log.js';
import { openAudit } from '../../audit/open-audit.js';
import type { Config } from '../../config/schema.js';
import type { AuditAct } from '../../contracts/service/audit.js';
import type { Logger } from '../../runtime/logger.js';

/** Who acts outside the service, and where faults of the audit log are told. */
export interface Actor {
  /** As the audit log names them. */
  readonly name: string;
  readonly logger: Logger;
}

/** Does something with the audit log of a configuration open. */
export const withAudit = async <T>(
  config: Config,
  { logger }: Actor,
  work: (log: AuditLog) => Promise<T>,
): Promise<T> => {
  const log = openAudit(config.store, logger);
  try {
    return await work(log);
  } finally {
    await log.close();
  }
};

/**
 * Does something outside the service between its beginning and its end in the audit log. Throws AUDIT_WRITE, and then
 * nothing has been done.
 */
export const audited = <T>(
  config: Config,
  actor: Actor,
  { kind, action, target }: Pick<AuditAct, 'kind' | 'action' | 'target'>,
  work: () => Promise<T>,
): Promise<T> =>
  withAudit(config, actor, async (log) => {
    const open = await log.begin({ kind, action, target, actor: actor.name, address: null, requestId: null });
    try {
      const result = await work();
      open.end('finished', 'allowed');
      return result;
    } catch (error) {
      open.end('aborted', 'failed');
      throw error;
    }
  });
