import { auditFolder } from '../../../audit/open-audit.js';
import { verifyChain, type ChainBreak } from '../../../audit/verify-chain.js';
import type { Config } from '../../../config/schema.js';
import { describeFailure } from '../../../runtime/describe-failure.js';
import type { Finding } from './finding.js';

const placeOf = ({ file, line, problem }: ChainBreak): string =>
  `${file}${line === null ? '' : ` line ${line}`}: ${problem}`;

/** Follows the chain of the audit log: whether an entry was changed, taken out or put elsewhere, and where. */
export const checkAudit = async ({ store }: Config): Promise<Finding> => {
  const folder = auditFolder(store);
  if (folder === null)
    return { name: 'audit', outcome: 'warning', detail: 'in memory: nothing is on disk', cause: 'AUDIT_MEMORY' };
  try {
    const { entries, files, breaks } = await verifyChain(folder);
    if (breaks.length === 0)
      return { name: 'audit', outcome: 'ok', detail: `${entries} entries in ${files} files, unbroken`, cause: null };
    return { name: 'audit', outcome: 'failed', detail: breaks.map(placeOf).join('; '), cause: 'AUDIT_BROKEN' };
  } catch (error) {
    return { name: 'audit', outcome: 'failed', detail: describeFailure(error), cause: 'AUDIT_UNREADABLE' };
  }
};
