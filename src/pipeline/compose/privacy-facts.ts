import { resolveTimeZone } from '../../config/environment.js';
import type { Config } from '../../config/schema.js';
import { privacyReport } from '../../reporting/privacy/build-privacy.js';
import { systemClock } from '../../runtime/clock.js';
import type { Logger } from '../../runtime/logger.js';
import { LocalTime } from '../../time/local-time.js';
import { createAuditPort } from '../adapters/audit-port.js';
import { withAudit, type Actor } from './audited.js';
import { withStore } from './stored-figures.js';

type PrivacyFacts = Awaited<ReturnType<typeof privacyReport>>;

/** What the privacy report says of the configured store, with an entry in the audit log once `work` has made a document of it. */
export const withPrivacyFacts = <T>(
  config: Config,
  logger: Logger,
  actor: Actor,
  work: (facts: PrivacyFacts) => Promise<T>,
): Promise<T> =>
  withStore(config, logger, (store) =>
    withAudit(config, actor, async (audit) => {
      const localTime = new LocalTime(resolveTimeZone(config.site.timeZone));
      const sources = { store, config: () => config, localTime, clock: systemClock };
      const made = await work(await privacyReport(sources, createAuditPort(audit, store)));
      const act = { kind: 'administration', action: 'privacy.report', target: null } as const;
      audit.note({ ...act, actor: actor.name, address: null, requestId: null }, 'allowed');
      return made;
    }),
  );
