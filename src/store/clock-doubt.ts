import { isUnsetTime } from '../runtime/clock.js';
import { DAY_MS } from '../time/units.js';

/** A day (UTC) on which anything was recorded: its first and last minute, epoch ms. */
export interface RecordedDay {
  readonly firstTs: number;
  readonly lastTs: number;
}

/** What the stored rows say against the clock. */
export interface ClockDoubt {
  /** `ahead`: it stands weeks after the rows before it; `behind`: rows lie after it. */
  readonly kind: 'ahead' | 'behind';
  /** The last minute before the leap, or the newest row of all, epoch ms. */
  readonly rowTs: number;
  /** Since the first row under the doubted time, ms. */
  readonly runningMs: number;
}

export interface ClockJudgement {
  readonly doubt: ClockDoubt | null;
  /** Rows from here on were written while the clock was ahead for a few days; null without any, or while that is in doubt. */
  readonly straysFromTs: number | null;
}

/** A clock that is further than this from the rows before it has to prove itself. */
const LEAP_MS = 14 * DAY_MS;
/** It has when something was recorded under it on as many days. */
export const PROVING_DAYS = 14;
/** Rows further in the future than this: either they were written under a wrong clock, or this one is wrong. */
const FUTURE_MS = 3_600_000;

/**
 * Judges the clock by what was recorded under it. A machine that was off for weeks looks like one whose clock is wrong by
 * weeks, so nothing is concluded but that what cannot be taken back waits. `days` ascend and may lie after `nowTs`; those
 * of a clock that was never set say nothing.
 */
export const judgeClock = (days: readonly RecordedDay[], nowTs: number): ClockJudgement => {
  const future = days.filter(({ firstTs }) => firstTs > nowTs + FUTURE_MS);
  let laterTs = nowTs;
  let proved = 0;
  let doubt: ClockDoubt | null = null;
  const past = days.slice(0, days.length - future.length).filter(({ lastTs }) => !isUnsetTime(lastTs));
  for (const { firstTs, lastTs } of past.toReversed()) {
    if (laterTs - lastTs > LEAP_MS) doubt = { kind: 'ahead', rowTs: lastTs, runningMs: nowTs - laterTs };
    proved += 1;
    if (proved >= PROVING_DAYS) break;
    laterTs = firstTs;
  }
  const [first] = future;
  if (first === undefined) return { doubt, straysFromTs: null };
  // Of two times far apart the one that more days were recorded under is believed.
  const isFar = first.firstTs - nowTs > LEAP_MS;
  if (isFar && doubt === null && proved >= PROVING_DAYS && future.length < PROVING_DAYS)
    return { doubt: null, straysFromTs: first.firstTs };
  return { doubt: { kind: 'behind', rowTs: future.at(-1)?.lastTs ?? first.lastTs, runningMs: 0 }, straysFromTs: null };
};
