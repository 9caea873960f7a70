import type { ObservationInput } from '../contracts/observation.js';
import type { LocalTime } from '../time/local-time.js';

export interface Named {
  readonly id: string;
  readonly name: string;
}

/** The site that a file is of. */
export interface ImportSite {
  readonly siteId: string;
  readonly places: readonly Named[];
  /** Cameras, which are places of their own. */
  readonly streams: readonly Named[];
  readonly employees: readonly Named[];
  readonly zone: LocalTime;
  readonly now: number;
}

export interface PlannedFact {
  readonly line: number;
  readonly fact: Extract<ObservationInput, { readonly kind: 'count' | 'amount' }>;
}
