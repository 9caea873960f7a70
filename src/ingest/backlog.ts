/** A source has caught up by then, or never will. */
const LONGEST_MS = 10_000;
/** Two pictures that arrive in less than this share of the time between them come from what had waited. */
const BURST = 0.5;

/**
 * Tells which pictures at the beginning of a connection had waited while the decoder got to know the stream: they come in
 * a burst, so when each was taken is not known, and all but the first (which shows that there is a picture) are old news.
 */
export class Backlog {
  private first: number | null = null;
  private last: { readonly ptsMs: number; readonly arrivedMs: number } | null = null;
  private over = false;

  /** Whether this picture is one of a burst; every picture of the connection has to be asked about, in order. */
  holds(ptsMs: number | null, arrivedMs: number): boolean {
    if (this.over || ptsMs === null) return false;
    const { last } = this;
    this.first ??= arrivedMs;
    this.last = { ptsMs, arrivedMs };
    if (last === null) return false;
    const burst = arrivedMs - last.arrivedMs < (ptsMs - last.ptsMs) * BURST;
    this.over = !burst || arrivedMs - this.first > LONGEST_MS;
    return burst && !this.over;
  }
}
