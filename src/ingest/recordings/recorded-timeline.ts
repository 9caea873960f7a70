/** Presentation times of a recording as strictly rising whole epoch ms. */
export class RecordedTimeline {
  private shiftMs = 0;
  private lastTs = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly startTs: number,
    /** Taken where presentation time is missing, repeats or goes back. */
    private readonly stepMs: number,
  ) {}

  /** Capture time of the next picture. */
  next(ptsMs: number | null): number {
    const ts = ptsMs === null ? Number.NEGATIVE_INFINITY : Math.round(this.startTs + ptsMs + this.shiftMs);
    if (ts > this.lastTs) {
      this.lastTs = ts;
      return ts;
    }
    const onward =
      this.lastTs === Number.NEGATIVE_INFINITY
        ? this.startTs
        : Math.max(this.lastTs + 1, Math.round(this.lastTs + this.stepMs));
    if (ptsMs !== null) this.shiftMs = onward - this.startTs - ptsMs;
    this.lastTs = onward;
    return onward;
  }
}
