import type { CountSums } from '../../contracts/figures/count-sums.js';
import type { Counter, Observation, ObservationKind } from '../../contracts/observation.js';
import type { Period } from '../../contracts/period.js';

/** Which facts are meant; absent or empty means all. */
export interface ObservationFilter extends Period {
  readonly places?: readonly string[];
  readonly kinds?: readonly ObservationKind[];
}

export interface CountQuery extends Period {
  readonly places?: readonly string[];
  readonly counters?: readonly Counter[];
  /** Starts of the buckets, ascending, whole ms; the first at or before `fromTs`, the last ends with the period. */
  readonly bucketStarts: readonly number[];
}

/** Facts that no camera made, by the time they happened at and not by when they came; of each the highest revision. */
export interface ObservationReader {
  /** In order of time; throws PERIOD_INVALID. */
  observations(filter: ObservationFilter & { readonly limit: number }): Promise<readonly Observation[]>;
  /** Every revision kept of these ids, in no order. */
  revisions(ids: readonly string[]): Promise<readonly Observation[]>;
  /** Sums of counts by bucket, place, counter, employee and direction, in that order; throws PERIOD_INVALID. */
  counts(query: CountQuery): Promise<readonly CountSums[]>;
}
