import type { Period } from '../../contracts/period.js';
import type { SpotCheckObservation } from '../../contracts/observation.js';
import type { CheckGroup } from '../../contracts/service/spot-check.js';
import { withoutOverlaps, type CheckWindow } from '../../disclosure/close-check-groups.js';
import { grouped } from '../../runtime/grouped.js';
import type { CheckGroupReader } from '../../store/ports/check-group-reader.js';
import type { ObservationReader } from '../../store/ports/observation-reader.js';
import { DAY_MS } from '../../time/units.js';

/** A check says nothing of a camera that has been moved since: older ones than this before a period's end are left out. */
export const CHECKS_COUNT_FOR_MS = 90 * DAY_MS;
/** Checks read at once: four a day of a dozen cameras for the whole time that they count. */
export const MOST_CHECKS = 5000;

export type CheckStore = ObservationReader & CheckGroupReader;

/** One check as it is kept, and how it stands. */
export interface KeptCheck extends CheckWindow {
  readonly fact: SpotCheckObservation;
  readonly isOverlapping: boolean;
}

/** The checks of a period and the groups that were made of them. */
export interface KeptChecks {
  /** Not taken back, in order of time. */
  readonly checks: readonly KeptCheck[];
  /** Every group, also with checks that were taken back. */
  readonly groups: readonly CheckGroup[];
  readonly withdrawn: ReadonlySet<string>;
}

const byReceipt = (a: SpotCheckObservation, b: SpotCheckObservation): number =>
  a.receivedTs - b.receivedTs || (a.id < b.id ? -1 : 1);

/** Those during which an earlier received check of the same camera was going on, or one that a group was made of. */
const overlappingOf = (facts: readonly SpotCheckObservation[], groups: readonly CheckGroup[]): ReadonlySet<string> => {
  const overlapping = new Set<string>();
  for (const [streamId, own] of grouped(facts, (fact) => fact.streamId)) {
    const inGroups = groups.filter((group) => group.streamId === streamId).flatMap(({ checks }) => checks);
    const known = new Set(inGroups.map(({ id }) => id));
    const later = own.filter(({ id }) => !known.has(id)).toSorted(byReceipt);
    const windows = later.map(({ id, ts, toTs }): CheckWindow => ({ id, fromTs: ts, toTs }));
    const kept = new Set(withoutOverlaps([...inGroups, ...windows]).map(({ id }) => id));
    for (const { id } of windows) if (!kept.has(id)) overlapping.add(id);
  }
  return overlapping;
};

/** What is kept of the checks that began in a period, of these cameras or of all. */
export const keptChecks = async (
  store: CheckStore,
  { fromTs, toTs }: Period,
  streams: readonly string[] = [],
): Promise<KeptChecks> => {
  const [told, groups] = await Promise.all([
    store.observations({ fromTs, toTs, kinds: ['spot-check'], limit: MOST_CHECKS }),
    store.checkGroups({ fromTs, toTs, streams }),
  ]);
  const facts = told.filter(
    (fact): fact is SpotCheckObservation =>
      fact.kind === 'spot-check' && (streams.length === 0 || streams.includes(fact.streamId)),
  );
  const standing = facts.filter(({ withdrawn }) => withdrawn !== true);
  const overlapping = overlappingOf(standing, groups);
  return {
    checks: standing.map((fact) => {
      return { id: fact.id, fromTs: fact.ts, toTs: fact.toTs, fact, isOverlapping: overlapping.has(fact.id) };
    }),
    groups,
    withdrawn: new Set(facts.filter(({ withdrawn }) => withdrawn === true).map(({ id }) => id)),
  };
};
