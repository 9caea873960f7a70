import type { Role } from '../../../contracts/role.js';
import type { Sample } from '../../../contracts/sample.js';
import type { PastWindows, StreamWindows, WindowMetrics } from '../../../contracts/window.js';
import type { LocalTime } from '../../../time/local-time.js';
import { RecentVisits } from './recent-visits.js';
import type { SampledFrame } from '../sample.js';
import { isSmile } from '../smile-index.js';
import { emptyTotals, addFrame, mergeInto, metricsOf, type WindowTotals } from './window-totals.js';

/** Seconds that the longest rolling window holds. */
export const RING_SECONDS = 900;
/** The curve of the last quarter of an hour shows the window of this many seconds. */
const CURVE_SECONDS = 10;

export interface RollingOptions {
  /** T of the absolute level and the Smile-Index, percent. */
  readonly threshold: number;
  /** Gives the midnight at which "today" begins. */
  readonly localTime: LocalTime;
  /** Count the faces of this role only, so that smiles of sellers and customers never mix; absent: every role. */
  readonly role?: Role;
  /** Count the faces of this zone only. */
  readonly zoneId?: string;
}

/** What of a frame counts here. */
type CountedFrame = Pick<SampledFrame, 'ts' | 'samples'>;

/** What frames that wait would add. */
interface Pending {
  readonly frames: readonly CountedFrame[];
  readonly visits: RecentVisits;
}

interface Slot {
  second: number;
  totals: WindowTotals;
}

/**
 * Figures of one stream over the newest 10 s, minute, quarter of an hour and the local day. Memory is constant: a ring
 * of 900 one-second buckets, one total for the day, and the tracks seen within the ring. A frame counts with its samples
 * or not at all.
 */
export class RollingWindows {
  private readonly ring: Slot[] = Array.from({ length: RING_SECONDS }, () => ({ second: -1, totals: emptyTotals() }));
  private readonly visits = new RecentVisits(RING_SECONDS);
  private day = { fromTs: 0, toTs: 0, totals: emptyTotals() };

  constructor(private readonly options: RollingOptions) {}

  /**
   * Adds what had been stored before the first frame, whenever it comes; its day is that of `nowTs`. Call it once. What the
   * ring has gone past is left out, and so is a day that is over.
   */
  resume(past: PastWindows, nowTs: number): void {
    if (this.day.toTs === 0) this.turnDay(nowTs);
    const sameDay = nowTs >= this.day.fromTs && nowTs < this.day.toTs;
    if (sameDay) mergeInto(this.day.totals, past.day);
    for (const { second, sums } of past.seconds) {
      const slot = this.ring[second % RING_SECONDS];
      if (slot === undefined || slot.second > second) continue;
      if (slot.second < second) slot.totals = emptyTotals();
      slot.second = second;
      mergeInto(slot.totals, sums);
    }
    this.visits.resume(past.visits, sameDay ? past.day : null);
  }

  /** Smile-Index of the 10 s up to each second that the ring holds them of, as samples and smiles, oldest first. */
  curve(nowTs: number): { readonly second: number; readonly samples: number; readonly absolute: number }[] {
    const newest = Math.floor(nowTs / 1000);
    const at = (second: number): Pick<WindowTotals, 'samples' | 'absolute'> => {
      const slot = this.ring[second % RING_SECONDS];
      return slot?.second === second ? slot.totals : { samples: 0, absolute: 0 };
    };
    return Array.from({ length: RING_SECONDS - CURVE_SECONDS + 1 }, (_, index) => {
      const second = newest - RING_SECONDS + CURVE_SECONDS + index;
      const window = Array.from({ length: CURVE_SECONDS }, (_slot, back) => at(second - back));
      const sum = (key: 'samples' | 'absolute'): number => window.reduce((total, one) => total + one[key], 0);
      return { second, samples: sum('samples'), absolute: sum('absolute') };
    });
  }

  /** Takes one analysed frame of this stream. */
  add(frame: CountedFrame): void {
    const { ts, samples } = this.counted(frame);
    this.turnDay(ts);
    addFrame(this.slotOf(ts).totals, samples, this.options.threshold);
    addFrame(this.day.totals, samples, this.options.threshold);
    for (const { trackId, emotions } of samples)
      this.visits.add(trackId, ts, isSmile(emotions.happiness, this.options.threshold));
  }

  /** The four windows that end at `nowTs` (epoch ms); frames that wait to be added are counted as they are known now. */
  snapshot(nowTs: number, waiting: readonly CountedFrame[] = []): StreamWindows {
    this.visits.forget(nowTs);
    const { day } = this;
    const sameDay = nowTs >= day.fromTs && nowTs < day.toTs;
    const more = this.pendingOf(waiting);
    return {
      '10s': this.window(nowTs, 10, more),
      '1m': this.window(nowTs, 60, more),
      '15m': this.window(nowTs, RING_SECONDS, more),
      today: sameDay ? this.today(more) : metricsOf(emptyTotals(), { visitors: 0, smiling: 0 }),
    };
  }

  private counted({ ts, samples }: CountedFrame): CountedFrame {
    return { ts, samples: samples.filter((sample) => this.counts(sample)) };
  }

  private counts(sample: Sample): boolean {
    const { role, zoneId } = this.options;
    return (role === undefined || sample.role === role) && (zoneId === undefined || sample.zoneId === zoneId);
  }

  /** What waits, and the visits with it. */
  private pendingOf(waiting: readonly CountedFrame[]): Pending {
    const frames = waiting.map((frame) => this.counted(frame));
    if (frames.length === 0) return { frames, visits: this.visits };
    const visits = this.visits.copy();
    for (const { ts, samples } of frames)
      for (const { trackId, emotions } of samples)
        visits.add(trackId, ts, isSmile(emotions.happiness, this.options.threshold));
    return { frames, visits };
  }

  private today({ frames, visits }: Pending): WindowMetrics {
    const totals = emptyTotals();
    mergeInto(totals, this.day.totals);
    for (const { ts, samples } of frames) if (ts >= this.day.fromTs) addFrame(totals, samples, this.options.threshold);
    return metricsOf(totals, visits.today());
  }

  private window(nowTs: number, seconds: number, { frames, visits }: Pending): WindowMetrics {
    const newest = Math.floor(nowTs / 1000);
    const totals = emptyTotals();
    // By second, not by order of arrival: a clock that jumped leaves seconds of the future behind, which do not count.
    for (const slot of this.ring)
      if (slot.second > newest - seconds && slot.second <= newest) mergeInto(totals, slot.totals);
    for (const { ts, samples } of frames) {
      const second = Math.floor(ts / 1000);
      if (second > newest - seconds && second <= newest) addFrame(totals, samples, this.options.threshold);
    }
    return metricsOf(totals, visits.within(newest - seconds + 1, newest));
  }

  private slotOf(ts: number): Slot {
    const second = Math.floor(ts / 1000);
    const slot = this.ring[second % RING_SECONDS];
    if (slot === undefined) throw new RangeError(`capture time ${ts} is not a time`);
    if (slot.second !== second) {
      slot.second = second;
      slot.totals = emptyTotals();
      if (second % 60 === 0) this.visits.forget(ts);
    }
    return slot;
  }

  private turnDay(ts: number): void {
    if (ts >= this.day.fromTs && ts < this.day.toTs) return;
    const { localTime } = this.options;
    this.day = {
      fromTs: localTime.startOfDay(ts),
      toTs: localTime.startOfDay(ts, 1),
      totals: emptyTotals(),
    };
    this.visits.startDay();
  }
}
