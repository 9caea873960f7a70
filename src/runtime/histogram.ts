/** Cumulative counts of observations: `counts[i]` are those ≤ `bounds[i]`, `count` is all of them. */
export interface HistogramData {
  readonly bounds: readonly number[];
  readonly counts: readonly number[];
  readonly sum: number;
  readonly count: number;
}

/** Cumulative-bucket histogram in the manner of Prometheus; bounds are inclusive upper limits. */
export class Histogram {
  private readonly perBucket: number[];
  private sum = 0;
  private count = 0;

  constructor(private readonly bounds: readonly number[]) {
    this.perBucket = bounds.map(() => 0);
  }

  observe(value: number): void {
    const index = this.bounds.findIndex((bound) => value <= bound);
    if (index >= 0) this.perBucket[index] = (this.perBucket[index] ?? 0) + 1;
    this.sum += value;
    this.count += 1;
  }

  data(): HistogramData {
    let running = 0;
    return {
      bounds: this.bounds,
      counts: this.perBucket.map((value) => (running += value)),
      sum: this.sum,
      count: this.count,
    };
  }
}

/** The last `capacity` values, for percentiles of the recent past. */
export class RecentValues {
  private readonly values: { at: number; value: number }[] = [];

  constructor(
    private readonly capacity: number,
    private readonly maxAgeMs: number,
  ) {}

  add(atMs: number, value: number): void {
    this.values.push({ at: atMs, value });
    if (this.values.length > this.capacity) this.values.splice(0, this.values.length - this.capacity);
  }

  /** Values not older than the limit. */
  countAt(nowMs: number): number {
    return this.recent(nowMs).length;
  }

  /** Nearest-rank percentile (0–1) of the recent values, or null without one. */
  percentile(nowMs: number, rank: number): number | null {
    const sorted = this.recent(nowMs).sort((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(rank * sorted.length))] ?? null;
  }

  private recent(nowMs: number): number[] {
    return this.values.filter(({ at }) => nowMs - at <= this.maxAgeMs).map(({ value }) => value);
  }
}
