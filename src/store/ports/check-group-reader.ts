import type { CheckGroup } from '../../contracts/service/spot-check.js';
import type { Period } from '../../contracts/period.js';

/** Which groups are meant: those whose last check began in the period; of these cameras, or of all. */
export interface CheckGroupFilter extends Period {
  readonly streams?: readonly string[];
}

/** Checks that are told together alone. */
export interface CheckGroupReader {
  /** In order of time and id; throws PERIOD_INVALID. */
  checkGroups(filter: CheckGroupFilter): Promise<readonly CheckGroup[]>;
}
