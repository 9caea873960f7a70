/** Intervals that the rhythm is read from. */
const REMEMBERED = 15;
/** Fewer show no rhythm. */
const ENOUGH = 4;
/** A longer pause is an outage of the camera, not its rhythm, ms. */
const LONGEST_MS = 3000;

/** How far apart the frames of one stream really come, whatever rate was asked for. */
export class FrameRhythm {
  private intervals: number[] = [];

  /** `askedMs`: the interval asked for, which counts until frames have shown their own; null: unknown. */
  constructor(private readonly askedMs: number | null) {}

  /** Takes the time since the frame before; gives an interval that all but one of the newest keep to, ms: drops come by chance. */
  intervalMs(elapsedMs: number): number {
    if (elapsedMs > 0 && elapsedMs <= LONGEST_MS) this.intervals = [...this.intervals, elapsedMs].slice(-REMEMBERED);
    const sorted = [...this.intervals].sort((a, b) => a - b);
    const shown = sorted.length < ENOUGH ? 0 : (sorted.at(-2) ?? 0);
    return sorted.length < REMEMBERED ? Math.max(this.askedMs ?? 0, shown) : shown;
  }
}
