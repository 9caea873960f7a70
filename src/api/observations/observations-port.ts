import type { Bilingual } from '../../contracts/bilingual.js';
import type { OBSERVATION_SOURCES } from '../../contracts/observation.js';
import type { OBSERVATION_STATUSES } from '../../contracts/service/observation-result.js';
import type { ErrorCode } from '../../runtime/errors.js';

/** What became of one fact. */
export interface TakenFact {
  /** null where it has none that can be read. */
  readonly id: string | null;
  readonly status: (typeof OBSERVATION_STATUSES)[number];
  /** Highest revision kept, where it is higher than that of a duplicate, or the fact contradicts what is kept. */
  readonly newestRev?: number;
  /** Why it was refused; null where it was not. */
  readonly refused: { readonly code: ErrorCode; readonly reason: Bilingual } | null;
}

/** How facts come in. */
export interface FactOrigin {
  readonly source: (typeof OBSERVATION_SOURCES)[number];
  /** The only place a device may speak of; absent: every place of the site. */
  readonly placeId?: string;
  /** The device that sends them; absent: what a fact says of itself. */
  readonly deviceId?: string;
}

/** Where facts come in that no camera made. */
export interface ObservationsPort {
  /**
   * What became of each, in the order given; they are on disk before it answers. A fact that cannot be taken is refused by
   * name and keeps no other from being stored. Throws STORE_WRITE.
   */
  take(facts: readonly unknown[], from: FactOrigin): Promise<readonly TakenFact[]>;
}
