/** Kinds remembered; texts that others can choose must not fill the memory. */
const MOST_KINDS = 500;

/** Turns a flood of equal faults into one counted line per interval. */
export class FaultCounter {
  private readonly counts = new Map<string, { count: number; sinceMs: number }>();

  constructor(
    private readonly intervalMs: number,
    private readonly report: (fault: string, count: number) => void,
    private readonly monotonic: () => number = () => performance.now(),
  ) {}

  /** Reports the first fault of its kind at once, later ones as a count when the interval is over. */
  add(fault: string): void {
    const now = this.monotonic();
    const entry = this.counts.get(fault);
    if (entry === undefined) {
      this.counts.set(fault, { count: 0, sinceMs: now });
      for (const oldest of this.counts.keys()) {
        if (this.counts.size <= MOST_KINDS) break;
        this.counts.delete(oldest);
      }
      this.report(fault, 1);
      return;
    }
    entry.count += 1;
    if (now - entry.sinceMs < this.intervalMs) return;
    this.report(fault, entry.count);
    entry.count = 0;
    entry.sinceMs = now;
  }
}
