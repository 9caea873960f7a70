import type { Cell } from '../contracts/cell.js';
import { MINUTE_MS } from '../time/units.js';

/** Visitors that began in one minute, in one part of the view (a zone, or null for none). */
export interface Arrival {
  readonly minuteTs: number;
  readonly part: string | null;
  readonly visitors: number;
  readonly known: number;
}

/** When an interval may be closed. */
export interface CellRules {
  readonly minVisitors: number;
  readonly minMs: number;
  /** The known must be none or this many. Default 0: any number. */
  readonly minKnown?: number;
  /** How long an interval waits for every zone to have enough, ms. */
  readonly partsWaitMs: number;
  /** The first instant at or after `ts` at which an interval may end. */
  readonly borderAt: (ts: number) => number;
  /** The first local midnight after `ts`. */
  readonly midnightAfter: (ts: number) => number;
  /** Whether an interval in which nobody began is really empty: a visit may reach into it. Default: always. */
  readonly isEmpty?: (fromTs: number, toTs: number) => boolean;
}

export type CellBody = Pick<Cell, 'fromTs' | 'toTs' | 'visitors' | 'known' | 'parted'> & {
  /** Zones with enough visitors of their own; null: what is in no zone. */
  readonly safeParts: readonly (string | null)[];
};

class Tally {
  visitors = 0;
  known = 0;
  private readonly parts = new Map<string | null, number>();

  add({ part, visitors, known }: Arrival): void {
    this.visitors += visitors;
    this.known += known;
    this.parts.set(part, (this.parts.get(part) ?? 0) + visitors);
  }

  merged(more: Tally): Tally {
    const sum = new Tally();
    for (const tally of [this, more]) {
      sum.visitors += tally.visitors;
      sum.known += tally.known;
      for (const [part, count] of tally.parts) sum.parts.set(part, (sum.parts.get(part) ?? 0) + count);
    }
    return sum;
  }

  safeParts(min: number): (string | null)[] {
    return [...this.parts].filter(([, count]) => count >= min).map(([part]) => part);
  }

  parted(min: number): boolean {
    return [...this.parts.values()].every((count) => count >= min);
  }
}

interface Draft {
  readonly fromTs: number;
  readonly toTs: number;
  readonly tally: Tally;
}

/**
 * Cuts one chain of visits into cells, from `fromTs` up to what is settled (`settledTs`: nothing before it is still to
 * come). An interval closes when enough visitors have come and enough time has passed. It is given out when the next
 * one has closed too, so that the few who come last on a day join it and a whole day is whole cells wherever at least
 * `minVisitors` came on it. `finish`: the material ends at `settledTs`.
 */
export const closeCells = (
  fromTs: number,
  arrivals: readonly Arrival[],
  settledTs: number,
  rules: CellRules,
  finish = false,
): CellBody[] => {
  const { minVisitors, minKnown = 0, midnightAfter, isEmpty = () => true } = rules;
  const enough = ({ visitors, known }: Tally): boolean => visitors >= minVisitors && (known === 0 || known >= minKnown);
  const done: Draft[] = [];
  let held: Draft | null = null;
  let startTs = fromTs;
  let next = 0;
  let dayTs = midnightAfter(startTs);

  /** Arrivals from `next` on that began before `ts`, added to a copy of nothing. */
  const between = (first: number, ts: number): { tally: Tally; next: number } => {
    const tally = new Tally();
    let index = first;
    for (let one = arrivals[index]; one !== undefined && one.minuteTs < ts; one = arrivals[(index += 1)])
      tally.add(one);
    return { tally, next: index };
  };

  const closing = (): { toTs: number; tally: Tally; next: number } | null => {
    let toTs = rules.borderAt(startTs + rules.minMs);
    for (;;) {
      if (toTs > settledTs || toTs > dayTs) return null;
      const taken = between(next, toTs);
      const waitedTs = rules.borderAt(startTs + rules.partsWaitMs);
      if (enough(taken.tally) && (taken.tally.parted(minVisitors) || toTs >= waitedTs)) return { toTs, ...taken };
      const coming = arrivals[taken.next];
      const afterNext = coming === undefined ? Infinity : rules.borderAt(coming.minuteTs + MINUTE_MS);
      toTs = Math.min(afterNext, enough(taken.tally) ? waitedTs : Infinity);
    }
  };

  while (startTs < settledTs) {
    const closed = closing();
    if (closed !== null) {
      if (held !== null) done.push(held);
      held = { fromTs: startTs, toTs: closed.toTs, tally: closed.tally };
      ({ toTs: startTs, next } = { ...closed, next: closed.next });
      if (startTs >= dayTs) {
        done.push(held);
        held = null;
        dayTs = midnightAfter(startTs);
      }
      continue;
    }
    const endTs = dayTs <= settledTs ? dayTs : finish ? settledTs : null;
    if (endTs === null) break;
    const rest = between(next, endTs);
    const isLast = endTs === settledTs && finish;
    if (held !== null) {
      done.push({ fromTs: held.fromTs, toTs: endTs, tally: held.tally.merged(rest.tally) });
      held = null;
    } else if ((rest.tally.visitors === 0 && isEmpty(startTs, endTs)) || (isLast && enough(rest.tally))) {
      done.push({ fromTs: startTs, toTs: endTs, tally: rest.tally });
    } else if (isLast) {
      break;
    } else {
      dayTs = midnightAfter(dayTs);
      continue;
    }
    startTs = endTs;
    next = rest.next;
    dayTs = midnightAfter(startTs);
  }
  return done.map(({ fromTs: from, toTs, tally }) => ({
    fromTs: from,
    toTs,
    visitors: tally.visitors,
    known: tally.known,
    parted: tally.parted(minVisitors),
    safeParts: tally.safeParts(minVisitors),
  }));
};
