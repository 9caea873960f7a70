import { EmoscopeError } from '../runtime/errors.js';
import { DAY_MS, HOUR_MS, MINUTE_MS } from './units.js';

/** A wall-clock reading. */
export interface WallTime {
  readonly year: number;
  /** 1–12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly ms: number;
}

/** Every zone of the last half century changes its offset on a quarter of an hour. */
const QUARTER_MS = 15 * MINUTE_MS;
const MONDAY_SHIFT_DAYS = 3;
/** Days, and quarters of an hour on days with a change, whose offset is remembered. */
const CACHE_LIMIT = 8192;

const utcOf = (wall: WallTime): number =>
  Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second, wall.ms);

/** The value of a key, worked out once; what is remembered is forgotten all at once when it has become much. */
const remembered = <Value>(known: Map<number, Value>, key: number, valueOf: () => Value): Value => {
  const value = known.get(key);
  if (value !== undefined) return value;
  if (known.size >= CACHE_LIMIT) known.clear();
  const made = valueOf();
  known.set(key, made);
  return made;
};

/** Wall clocks, days and buckets of one IANA time zone, across daylight-saving changes; times are epoch ms UTC. */
export class LocalTime {
  /** The zone's IANA name as it was given; the runtime's own would be an old alias (Europe/Kiev for Europe/Kyiv). */
  readonly timeZone: string;
  private readonly format: Intl.DateTimeFormat;
  private readonly offsets = new Map<number, number>();
  /** By UTC day; null: the offset changes within it. */
  private readonly offsetsOfDays = new Map<number, number | null>();

  /** @param timeZone IANA name, or `auto` for the machine's; throws PERIOD_INVALID for an unknown one. */
  constructor(timeZone: string) {
    try {
      this.format = new Intl.DateTimeFormat('en-US', {
        ...(timeZone === 'auto' ? {} : { timeZone }),
        hourCycle: 'h23',
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
        hour: 'numeric',
        minute: 'numeric',
        second: 'numeric',
      });
    } catch (cause) {
      const message = `The time zone "${timeZone}" is not known (expected an IANA name).`;
      throw new EmoscopeError('PERIOD_INVALID', message, { cause });
    }
    this.timeZone = timeZone === 'auto' ? this.format.resolvedOptions().timeZone : timeZone;
  }

  /** Local wall clock minus UTC at `ts`, ms. */
  offsetMs(ts: number): number {
    const day = Math.floor(ts / DAY_MS);
    const ofDay = remembered(this.offsetsOfDays, day, () => this.offsetOfDay(day));
    if (ofDay !== null) return ofDay;
    const quarter = Math.floor(ts / QUARTER_MS);
    return remembered(this.offsets, quarter, () => this.readOffset(quarter * QUARTER_MS));
  }

  /** The offsets that hold in [fromTs, toTs), each from its instant on, ascending; the first from `fromTs`. */
  offsetsIn(fromTs: number, toTs: number): readonly { readonly fromTs: number; readonly offsetMs: number }[] {
    const found = [{ fromTs, offsetMs: this.offsetMs(fromTs) }];
    for (let at = fromTs; at < toTs;) {
      const next = Math.min(toTs, (Math.floor(at / DAY_MS) + 1) * DAY_MS);
      const before = this.offsetMs(at);
      if (this.offsetMs(next) !== before) {
        const change = this.firstInstant(at, next, (ts) => this.offsetMs(ts) !== before);
        if (change < toTs) found.push({ fromTs: change, offsetMs: this.offsetMs(change) });
      }
      at = next;
    }
    return found;
  }

  /** Wall clock at an epoch time. */
  wall(ts: number): WallTime {
    const local = new Date(ts + this.offsetMs(ts));
    return {
      year: local.getUTCFullYear(),
      month: local.getUTCMonth() + 1,
      day: local.getUTCDate(),
      hour: local.getUTCHours(),
      minute: local.getUTCMinutes(),
      second: local.getUTCSeconds(),
      ms: local.getUTCMilliseconds(),
    };
  }

  /** Epoch ms of a wall clock: the earlier of two equal readings, and past the gap for one that never was. */
  toTs(wall: WallTime): number {
    const utc = utcOf(wall);
    const before = utc - this.offsetMs(utc - DAY_MS);
    const after = utc - this.offsetMs(utc + DAY_MS);
    const real = [before, after].filter((ts) => ts + this.offsetMs(ts) === utc);
    return real.length > 0 ? Math.min(...real) : before;
  }

  /** First instant of the calendar day `days` after the one that holds `ts`; a day lasts 23 to 25 hours. */
  startOfDay(ts: number, days = 0): number {
    return this.startOfDayNumber(this.dayNumber(ts) + days);
  }

  /** The same wall clock `days` later (or earlier). */
  addDays(ts: number, days: number): number {
    const wall = this.wall(ts);
    return this.toTs({ ...wall, day: wall.day + days });
  }

  /** Local hour 0–23. */
  hour(ts: number): number {
    return Math.floor(this.msOfDay(ts) / HOUR_MS);
  }

  /** Wall-clock ms since local midnight. */
  msOfDay(ts: number): number {
    const local = ts + this.offsetMs(ts);
    return local - Math.floor(local / DAY_MS) * DAY_MS;
  }

  /**
   * Start of the bucket that holds `ts`. Whole days begin at local midnight (seven days on Monday); longer than an hour,
   * at a local clock time; up to an hour, likewise, and the hour that autumn repeats gives two buckets.
   */
  bucketStart(ts: number, bucketMs: number): number {
    if (bucketMs >= DAY_MS) return this.startOfDayNumber(this.firstDayOfBucket(ts, Math.round(bucketMs / DAY_MS)));
    const local = ts + this.offsetMs(ts);
    const wall = Math.floor(local / bucketMs) * bucketMs;
    const start = wall - this.offsetMs(ts);
    if (this.offsetMs(start) === this.offsetMs(ts)) return start;
    if (bucketMs > HOUR_MS) return Math.min(ts, wall - this.offsetMs(start));
    return this.firstInstant(start, ts, (at) => this.offsetMs(at) === this.offsetMs(ts));
  }

  /** Starts of the buckets that cover [fromTs, toTs), ascending; the first may begin before `fromTs`. */
  bucketStarts(fromTs: number, toTs: number, bucketMs: number): number[] {
    const starts: number[] = [];
    for (let at = fromTs; at < toTs; at = this.nextBucket(at, bucketMs)) starts.push(this.bucketStart(at, bucketMs));
    return starts;
  }

  private nextBucket(ts: number, bucketMs: number): number {
    if (bucketMs >= DAY_MS) {
      const days = Math.round(bucketMs / DAY_MS);
      return this.startOfDayNumber(this.firstDayOfBucket(ts, days) + days);
    }
    const start = this.bucketStart(ts, bucketMs);
    const latest = start + bucketMs + 2 * HOUR_MS;
    return this.firstInstant(ts, latest, (at) => this.bucketStart(at, bucketMs) > start);
  }

  private firstDayOfBucket(ts: number, days: number): number {
    const shift = days % 7 === 0 ? MONDAY_SHIFT_DAYS : 0;
    return Math.floor((this.dayNumber(ts) + shift) / days) * days - shift;
  }

  /** Number of the local day since 1970-01-01. */
  dayNumber(ts: number): number {
    return Math.floor((ts + this.offsetMs(ts)) / DAY_MS);
  }

  private startOfDayNumber(day: number): number {
    const guess = day * DAY_MS - this.offsetMs(day * DAY_MS);
    if (this.dayNumber(guess) === day && this.dayNumber(guess - 1) < day) return guess;
    // Midnight itself was skipped or the offset changed near it.
    return this.firstInstant(guess - 3 * HOUR_MS, guess + 3 * HOUR_MS, (at) => this.dayNumber(at) >= day);
  }

  /** Smallest ms in (low, high] for which a condition that turns true once holds. */
  private firstInstant(low: number, high: number, holds: (ts: number) => boolean): number {
    let before = Math.floor(low);
    let after = Math.ceil(high);
    while (after - before > 1) {
      const middle = Math.floor((before + after) / 2);
      if (holds(middle)) after = middle;
      else before = middle;
    }
    return after;
  }

  /** The offset of a whole UTC day, or null where it changes; no zone changes there and back within a day. */
  private offsetOfDay(day: number): number | null {
    const first = this.readOffset(day * DAY_MS);
    return first === this.readOffset((day + 1) * DAY_MS - QUARTER_MS) ? first : null;
  }

  private readOffset(ts: number): number {
    const parts: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
    for (const { type, value } of this.format.formatToParts(ts)) parts[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(ts / 1000) * 1000;
  }
}
