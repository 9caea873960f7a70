/** Node cannot wait longer in one timer. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Calls `onSilence` once when `touch` has not been called for the limit; the first limit may differ from the later ones. */
export class SilenceWatch {
  private lastMs = performance.now();
  private limitMs: number;
  private timer: NodeJS.Timeout;
  private closed = false;

  constructor(
    firstLimitMs: number,
    private readonly laterLimitMs: number,
    private readonly onSilence: () => void,
  ) {
    this.limitMs = firstLimitMs;
    this.timer = this.arm(firstLimitMs);
  }

  touch(): void {
    this.lastMs = performance.now();
    if (this.limitMs === this.laterLimitMs) return;
    this.limitMs = this.laterLimitMs;
    clearTimeout(this.timer);
    this.timer = this.arm(this.limitMs);
  }

  /** Counts as a sign of life too, but the limit that holds stays. */
  stay(): void {
    this.lastMs = performance.now();
  }

  close(): void {
    clearTimeout(this.timer);
    this.closed = true;
  }

  private arm(ms: number): NodeJS.Timeout {
    // Data that waited while the loop was busy is read before silence is declared.
    return setTimeout(() => setImmediate(() => this.check()), Math.min(Math.max(1, ms), LONGEST_TIMER_MS));
  }

  private check(): void {
    if (this.closed) return;
    const leftMs = this.lastMs + this.limitMs - performance.now();
    if (leftMs > 0) {
      this.timer = this.arm(leftMs);
      return;
    }
    this.close();
    this.onSilence();
  }
}
