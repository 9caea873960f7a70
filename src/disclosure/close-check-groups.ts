import type { Period } from '../contracts/period.js';
import { grouped as byKey } from '../runtime/grouped.js';

/** The minutes in which a person counted before a camera. */
export interface CheckWindow extends Period {
  readonly id: string;
}

/** A visit that a camera counted: in which role, and in which zone it mostly was. */
export interface ZoneVisit {
  readonly startTs: number;
  readonly role: string;
  readonly zoneId: string | null;
}

/** A stretch of time that answers speak of as a whole, for one role; where zones may be told apart, zone by zone. */
export interface ToldStretch extends Period {
  readonly role: string;
}

export interface GroupRules {
  /** No sum of answers may speak of fewer people than this. */
  readonly k: number;
  /** Visits in the windows of a group, at least. */
  readonly minVisits: number;
}

/** Whether two stretches of time have an instant in common. */
export const touches = (a: Period, b: Period): boolean => a.fromTs < b.toTs && b.fromTs < a.toTs;

const isIn = ({ startTs }: ZoneVisit, windows: readonly Period[]): boolean =>
  windows.some(({ fromTs, toTs }) => startTs >= fromTs && startTs < toTs);

/**
 * The least number of people that any sum of the group's answer and the answers about the stretches it touches speaks of.
 * In each stretch and zone, who came within the windows and who came beside them are two sets that the group's answer
 * tells apart; a sum can make the one or the other vanish, never both, and so speaks of the lesser one at least.
 */
export const fewestTold = (
  windows: readonly Period[],
  stretches: readonly ToldStretch[],
  visits: readonly ZoneVisit[],
): number =>
  stretches
    .filter((stretch) => windows.some((window) => touches(stretch, window)))
    .flatMap(({ role, fromTs, toTs }) => {
      const own = visits.filter((visit) => visit.role === role && visit.startTs >= fromTs && visit.startTs < toTs);
      return [...byKey(own, ({ zoneId }) => zoneId ?? '').values()];
    })
    .reduce((sum, own) => {
      const within = own.filter((visit) => isIn(visit, windows)).length;
      return sum + Math.min(within, own.length - within);
    }, 0);

/** Whether a role is told of throughout a window, or was not seen yet: stretches follow each other from the first day on. */
const isTold = (window: Period, own: readonly ToldStretch[]): boolean => {
  const firstTs = Math.min(...own.map(({ fromTs }) => fromTs));
  const untilTs = Math.max(...own.map(({ toTs }) => toTs));
  return firstTs >= window.toTs || (firstTs <= window.fromTs && untilTs >= window.toTs);
};

export interface CheckGroupsInput {
  /** Windows of one camera that are in no group, none of which overlaps another or a grouped one. */
  readonly waiting: readonly CheckWindow[];
  /** Windows of the camera that groups were made of. */
  readonly grouped: readonly Period[];
  /** What answers speak of as a whole; those of one role follow each other without gaps. */
  readonly stretches: readonly ToldStretch[];
  readonly visits: readonly ZoneVisit[];
}

export interface ClosedGroups {
  /** Ids of the windows of each new group. */
  readonly groups: readonly (readonly string[])[];
  /** Ids of windows that no group can be made of any more. */
  readonly setAside: readonly string[];
}

/**
 * Puts windows together until their sum may be told. Windows that touch the same stretch come into the same group, and one
 * that touches a stretch of a group already made into none: then the groups have no stretch in common, and what holds for
 * each of them (`fewestTold`) holds for all sums of answers.
 */
export const closeCheckGroups = (
  { waiting, grouped, stretches, visits }: CheckGroupsInput,
  { k, minVisits }: GroupRules,
): ClosedGroups => {
  const roles = [...byKey(stretches, ({ role }) => role).values()];
  const stretchesOf = (window: Period): readonly ToldStretch[] => stretches.filter((one) => touches(one, window));
  const taken = new Set(grouped.flatMap(stretchesOf));
  const told = waiting
    .filter((window) => stretchesOf(window).length > 0 && roles.every((own) => isTold(window, own)))
    .toSorted((a, b) => a.fromTs - b.fromTs || (a.id < b.id ? -1 : 1));
  const isLate = (window: Period): boolean => stretchesOf(window).some((stretch) => taken.has(stretch));
  const groups: string[][] = [];
  let open: CheckWindow[] = [];
  let openStretches = new Set<ToldStretch>();
  const isSafe = (): boolean =>
    fewestTold(open, stretches, visits) >= k && visits.filter((visit) => isIn(visit, open)).length >= minVisits;
  for (const window of told) {
    if (isLate(window)) continue;
    if (open.length > 0 && !stretchesOf(window).some((stretch) => openStretches.has(stretch)) && isSafe()) {
      groups.push(open.map(({ id }) => id));
      [open, openStretches] = [[], new Set()];
    }
    open.push(window);
    for (const stretch of stretchesOf(window)) openStretches.add(stretch);
  }
  if (open.length > 0 && isSafe()) groups.push(open.map(({ id }) => id));
  return { groups, setAside: told.filter(isLate).map(({ id }) => id) };
};

/** Windows, in the order in which they came, without those during which an earlier one was going on. */
export const withoutOverlaps = <Window extends CheckWindow>(windows: readonly Window[]): readonly Window[] => {
  const kept: Window[] = [];
  for (const window of windows) if (!kept.some((one) => touches(one, window))) kept.push(window);
  return kept;
};
