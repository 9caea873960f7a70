import type { HistogramData } from '../contracts/service/telemetry.js';

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
