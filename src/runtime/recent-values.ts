/** The last `capacity` values with their times, for percentiles of the recent past. Takes its memory once, 16 bytes a value. */
export class RecentValues {
  private readonly at: Float64Array;
  private readonly values: Float64Array;
  private added = 0;

  constructor(
    private readonly capacity: number,
    private readonly maxAgeMs: number,
  ) {
    this.at = new Float64Array(capacity);
    this.values = new Float64Array(capacity);
  }

  add(atMs: number, value: number): void {
    const slot = this.added % this.capacity;
    this.at[slot] = atMs;
    this.values[slot] = value;
    this.added += 1;
  }

  /** Values not older than the limit. */
  countAt(nowMs: number): number {
    return this.recent(nowMs).length;
  }

  /** Nearest-rank percentile (0–1) of the recent values, or null without one. */
  percentile(nowMs: number, rank: number): number | null {
    const sorted = this.recent(nowMs).sort();
    return sorted[Math.max(0, Math.ceil(rank * sorted.length) - 1)] ?? null;
  }

  /** In any order. */
  private recent(nowMs: number): Float64Array {
    const oldestMs = nowMs - this.maxAgeMs;
    return this.values.filter((_, slot) => slot < this.added && (this.at[slot] ?? -Infinity) >= oldestMs);
  }
}
