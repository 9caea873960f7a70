import type { Clock } from '../runtime/clock.js';

/** The anchor may rise this fast (ms per ms) to follow a camera whose clock runs slow. */
const DRIFT = 0.0005;
/** Pictures this late for this long mean that the source's time jumped, not that the network paused. */
const LATE_MS = 2000;
const LATE_FOR_MS = 5000;
/** Demuxers nudge repeated presentation times by a tick or so; no two wanted pictures lie this close. */
const LEAST_STEP_MS = 1;
/** A difference this large between wall clock and monotonic clock is a set clock, not slewing. */
const CLOCK_STEP_MS = 1000;

/**
 * Turns presentation times of a live stream into capture times (epoch ms UTC).
 *
 * The anchor is the least (arrival − presentation time) seen, so network jitter and decoding bursts do not move it,
 * while it may creep upwards to follow drift. Presentation times that repeat, go back, wrap or are missing re-anchor to
 * the arrival; a jump forward lowers the anchor by itself; being 2 s late for 5 s is taken as a jump back that was
 * missed. Capture times rise strictly, except when the machine's own clock is set back by over a second: then they
 * follow it.
 */
export class CaptureClock {
  private wallOffsetMs: number;
  private anchorMs: number | null = null;
  private lastPtsMs = Number.NEGATIVE_INFINITY;
  private lastArrivedMs = 0;
  private lateSinceMs: number | null = null;
  private lastTs = Number.NEGATIVE_INFINITY;
  private jumpCount = 0;

  constructor(private readonly clock: Clock) {
    this.wallOffsetMs = clock.now() - clock.monotonic();
  }

  /** Times the source's timeline was left and anchored anew. */
  get jumps(): number {
    return this.jumpCount;
  }

  /** Forgets the source's timeline (a new connection starts another); capture times go on rising. */
  reset(): void {
    this.anchorMs = null;
    this.lastPtsMs = Number.NEGATIVE_INFINITY;
    this.lateSinceMs = null;
  }

  /** Capture time of a picture, whole epoch ms. */
  capture(ptsMs: number | null, arrivedMs: number): number {
    this.followWallClock();
    const captured = Math.round(this.wallOffsetMs + this.onArrivalTimeline(ptsMs, arrivedMs));
    this.lastArrivedMs = arrivedMs;
    this.lastTs = captured > this.lastTs ? captured : this.lastTs + 1;
    return this.lastTs;
  }

  private followWallClock(): void {
    const offset = this.clock.now() - this.clock.monotonic();
    if (Math.abs(offset - this.wallOffsetMs) < CLOCK_STEP_MS) return;
    if (offset < this.wallOffsetMs) this.lastTs = Number.NEGATIVE_INFINITY;
    this.wallOffsetMs = offset;
  }

  private onArrivalTimeline(ptsMs: number | null, arrivedMs: number): number {
    if (ptsMs === null) return arrivedMs;
    const seen = arrivedMs - ptsMs;
    if (this.anchorMs === null) {
      this.anchorMs = seen;
    } else if (ptsMs - this.lastPtsMs < LEAST_STEP_MS) {
      this.reanchor(seen);
    } else {
      this.anchorMs = Math.min(seen, this.anchorMs + DRIFT * Math.max(0, arrivedMs - this.lastArrivedMs));
    }
    this.lastPtsMs = ptsMs;
    this.watchLateness(seen - this.anchorMs, seen, arrivedMs);
    return ptsMs + this.anchorMs;
  }

  private watchLateness(lateMs: number, seen: number, arrivedMs: number): void {
    if (lateMs < LATE_MS) {
      this.lateSinceMs = null;
      return;
    }
    this.lateSinceMs ??= arrivedMs;
    if (arrivedMs - this.lateSinceMs >= LATE_FOR_MS) this.reanchor(seen);
  }

  private reanchor(seen: number): void {
    this.anchorMs = seen;
    this.lateSinceMs = null;
    this.jumpCount += 1;
  }
}
