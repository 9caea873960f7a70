import { EmoscopeError } from '../runtime/errors.js';

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

const DAY_MS = 86_400_000;
const PARTS = ['year', 'month', 'day', 'hour', 'minute', 'second'] as const;

const utcOf = (w: WallTime): number => Date.UTC(w.year, w.month - 1, w.day, w.hour, w.minute, w.second, w.ms);

/** Wall clocks and calendar days of one IANA time zone, through its changes of offset. */
export class ZonedTime {
  readonly timeZone: string;
  private readonly format: Intl.DateTimeFormat;

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
      throw new EmoscopeError('PERIOD_INVALID', `The time zone "${timeZone}" is not known (expected an IANA name).`, {
        cause,
      });
    }
    this.timeZone = this.format.resolvedOptions().timeZone;
  }

  /** Wall clock at an epoch time, ms. */
  wall(ts: number): WallTime {
    const found: Record<string, number> = {};
    for (const { type, value } of this.format.formatToParts(ts)) found[type] = Number(value);
    const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = PARTS.map((part) => found[part]);
    return { year, month, day, hour, minute, second, ms: ((ts % 1000) + 1000) % 1000 };
  }

  /** Milliseconds that the zone's clock is ahead of UTC at an epoch time. */
  offsetMs(ts: number): number {
    return utcOf(this.wall(ts)) - ts;
  }

  /** Epoch ms of a wall clock: the earlier of two equal readings, and past the gap for one that never was. */
  toTs(wall: WallTime): number {
    const utc = utcOf(wall);
    const before = utc - this.offsetMs(utc - DAY_MS);
    const after = utc - this.offsetMs(utc + DAY_MS);
    const real = [before, after].filter((ts) => ts + this.offsetMs(ts) === utc);
    return real.length > 0 ? Math.min(...real) : before;
  }

  /** First instant of the calendar day `days` after the one that `ts` falls in. */
  startOfDay(ts: number, days = 0): number {
    const { year, month, day } = this.wall(ts);
    return this.toTs({ ...normal(year, month, day + days), hour: 0, minute: 0, second: 0, ms: 0 });
  }

  /** The same wall clock `days` later (or earlier), so a day may last 23 or 25 hours. */
  addDays(ts: number, days: number): number {
    const wall = this.wall(ts);
    return this.toTs({ ...wall, ...normal(wall.year, wall.month, wall.day + days) });
  }
}

const normal = (year: number, month: number, day: number): { year: number; month: number; day: number } => {
  const date = new Date(Date.UTC(year, month - 1, day));
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
};
