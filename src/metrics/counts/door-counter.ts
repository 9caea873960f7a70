import type { DoorCounts } from '../../contracts/events.js';
import type { Direction } from '../../contracts/observation.js';
import type { LocalTime } from '../../time/local-time.js';
import { MINUTE_MS } from '../../time/units.js';

/** How many passed in one direction in one minute. */
export interface MinuteCount {
  /** Start of the minute, epoch ms. */
  readonly ts: number;
  readonly direction: Direction;
  readonly n: number;
}

/** What of today was counted before; see `DoorCounter.resume`. */
export type Passed = Readonly<Record<Direction, number>>;

/** The running minute, and today, of one counter; its day begins at the site's midnight. */
export class DoorCounter {
  private minute = { ts: 0, in: 0, out: 0 };
  private today = { startTs: 0, in: 0, out: 0 };

  constructor(private readonly localTime: Pick<LocalTime, 'startOfDay'>) {}

  /** Counts who passed in a frame taken at `ts`; gives the minute before where this is the first of another. */
  add(ts: number, passed: readonly Direction[]): MinuteCount[] {
    const minuteTs = Math.floor(ts / MINUTE_MS) * MINUTE_MS;
    const done = minuteTs === this.minute.ts ? [] : this.settle();
    this.minute.ts = minuteTs;
    this.turnTo(ts);
    for (const direction of passed) {
      this.minute[direction] += 1;
      this.today[direction] += 1;
    }
    return done;
  }

  /** The minute that runs, as when it is over or no more frames come; nothing of it is given twice. */
  settle(): MinuteCount[] {
    const { ts } = this.minute;
    const counts = (['in', 'out'] as const).map((direction) => ({ ts, direction, n: this.minute[direction] }));
    this.minute = { ts, in: 0, out: 0 };
    return counts.filter(({ n }) => n > 0);
  }

  /** The minute that runs where it is over by `nowTs` and no frame has said so. */
  settleBefore(nowTs: number): MinuteCount[] {
    return nowTs >= this.minute.ts + MINUTE_MS ? this.settle() : [];
  }

  /** Adds what was counted on the day of `nowTs` before the first frame. */
  resume(passed: Passed, nowTs: number): void {
    this.turnTo(nowTs);
    this.today.in += passed.in;
    this.today.out += passed.out;
  }

  /** Today so far. Who is inside is a difference, which every miss moves: it begins anew with the day and is never below zero. */
  counts(nowTs: number): DoorCounts {
    this.turnTo(nowTs);
    return { in: this.today.in, out: this.today.out, inside: Math.max(0, this.today.in - this.today.out) };
  }

  /** Begins a new day; a clock that steps back over midnight does not bring yesterday back. */
  private turnTo(ts: number): void {
    const startTs = this.localTime.startOfDay(ts);
    if (startTs > this.today.startTs) this.today = { startTs, in: 0, out: 0 };
  }
}
