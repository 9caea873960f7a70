import { hasSmiled } from '../smile-index.js';
import type { VisitSecond } from '../../../contracts/window.js';
import type { VisitCounts } from './window-totals.js';

/** What one second added to a visit. */
interface Stretch {
  readonly second: number;
  samples: number;
  smiles: number;
}

interface RecentVisit {
  lastTs: number;
  readonly stretches: Stretch[];
  daySamples: number;
  daySmiles: number;
}

/**
 * Visits of the last `spanSeconds` second by second, and how many visitors the running day has had and how many of them
 * have smiled. Memory is bounded by the span: a visit not seen for that long is forgotten, its day's verdict is kept.
 */
export class RecentVisits {
  private readonly visits = new Map<string, RecentVisit>();
  private day = { visitors: 0, smiling: 0 };

  constructor(private readonly spanSeconds: number) {}

  /**
   * Adds visits of an earlier run, second by second, and how many the day had had by then (null: that day is over). None of
   * them goes on: every run names its tracks anew.
   */
  resume(visits: readonly VisitSecond[], day: VisitCounts | null): void {
    for (const { trackId, second, samples, smiles } of [...visits].sort((a, b) => a.second - b.second)) {
      const visit = this.visits.get(trackId) ?? { lastTs: 0, stretches: [], daySamples: 0, daySmiles: 0 };
      this.visits.set(trackId, visit);
      visit.lastTs = second * 1000;
      visit.stretches.push({ second, samples, smiles });
    }
    this.day.visitors += day?.visitors ?? 0;
    this.day.smiling += day?.smiling ?? 0;
  }

  add(trackId: string, ts: number, smiles: boolean): void {
    const visit = this.visits.get(trackId) ?? { lastTs: ts, stretches: [], daySamples: 0, daySmiles: 0 };
    this.visits.set(trackId, visit);
    const second = Math.floor(ts / 1000);
    let stretch = visit.stretches.at(-1);
    if (stretch?.second !== second) {
      stretch = { second, samples: 0, smiles: 0 };
      visit.stretches.push(stretch);
    }
    const smile = smiles ? 1 : 0;
    visit.lastTs = ts;
    stretch.samples += 1;
    stretch.smiles += smile;
    if (visit.daySamples === 0) this.day.visitors += 1;
    const before = hasSmiled(visit.daySmiles, visit.daySamples);
    visit.daySamples += 1;
    visit.daySmiles += smile;
    this.day.smiling += Number(hasSmiled(visit.daySmiles, visit.daySamples)) - Number(before);
  }

  /** A copy that may be added to without touching this one. */
  copy(): RecentVisits {
    const copy = new RecentVisits(this.spanSeconds);
    copy.day = { ...this.day };
    for (const [trackId, visit] of this.visits) {
      copy.visits.set(trackId, { ...visit, stretches: visit.stretches.map((stretch) => ({ ...stretch })) });
    }
    return copy;
  }

  /** A new day begins; who stays is a visitor of it too, by what is seen from now on. */
  startDay(): void {
    this.day = { visitors: 0, smiling: 0 };
    for (const visit of this.visits.values()) {
      visit.daySamples = 0;
      visit.daySmiles = 0;
    }
  }

  today(): VisitCounts {
    return { ...this.day };
  }

  /** Visitors seen in the seconds [`from`, `to`], by what they did in these seconds. */
  within(from: number, to: number): VisitCounts {
    const counts = { visitors: 0, smiling: 0 };
    for (const { stretches } of this.visits.values()) {
      let samples = 0;
      let smiles = 0;
      for (const stretch of stretches) {
        if (stretch.second < from || stretch.second > to) continue;
        samples += stretch.samples;
        smiles += stretch.smiles;
      }
      if (samples > 0) counts.visitors += 1;
      if (hasSmiled(smiles, samples)) counts.smiling += 1;
    }
    return counts;
  }

  /** Forgets what is further than the span from `nowTs`, before it or (by a clock that was set back) after it. */
  forget(nowTs: number): void {
    const now = Math.floor(nowTs / 1000);
    for (const [trackId, visit] of this.visits) {
      if (Math.abs(nowTs - visit.lastTs) > this.spanSeconds * 1000) this.visits.delete(trackId);
      else {
        const old = visit.stretches.findIndex(({ second }) => Math.abs(now - second) <= this.spanSeconds);
        if (old > 0) visit.stretches.splice(0, old);
      }
    }
  }
}
