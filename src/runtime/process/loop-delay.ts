import { monitorEventLoopDelay, type IntervalHistogram } from 'node:perf_hooks';

const RESOLUTION_MS = 10;
const WINDOW_MS = 10_000;

const started = (): IntervalHistogram => {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram.enable();
  return histogram;
};

/** How late the turns of the event loop come, over the running window of 10 s and the one before. */
export class LoopDelay {
  private before: IntervalHistogram | null = null;
  private now = started();
  private readonly timer = setInterval(() => this.turn(), WINDOW_MS).unref();

  /** 99th percentile, ms; 0 before the first turn. */
  p99Ms(): number {
    const most = [this.now, this.before].map((window) => (window === null ? 0 : window.percentile(99)));
    return Math.max(...most) / 1e6;
  }

  stop(): void {
    clearInterval(this.timer);
    this.now.disable();
  }

  private turn(): void {
    this.now.disable();
    this.before = this.now;
    this.now = started();
  }
}
