import type { Config } from '../../config/schema.js';
import type { ObservationInput } from '../../contracts/observation.js';
import type { Language } from '../../contracts/language.js';
import type { ObservationResult } from '../../contracts/service/observation-result.js';
import { systemClock } from '../../runtime/clock.js';
import type { Logger } from '../../runtime/logger.js';
import { createIntake } from '../observations/intake.js';
import { withStore } from './stored-figures.js';

export type Take = (facts: readonly ObservationInput[]) => Promise<readonly ObservationResult[]>;

/** Takes imported facts into the configured store without the service; rejects like `openStore`. */
export const withStoredIntake = <T>(
  config: Config,
  language: Language,
  logger: Logger,
  work: (take: Take) => Promise<T>,
): Promise<T> =>
  withStore(config, logger, (store) => {
    const intake = createIntake({ store, sink: store, config: () => config, clock: systemClock });
    return work(async (facts) =>
      (await intake.take(facts, { source: 'import' })).map(({ refused, ...told }) => ({
        ...told,
        ...(refused === null ? {} : { code: refused.code, message: refused.reason[language] }),
      })),
    );
  });
