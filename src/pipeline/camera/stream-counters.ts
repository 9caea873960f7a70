import type { FrameResult, RejectReason } from '../../contracts/face.js';
import { DROP_REASONS, type DropReason } from '../../contracts/frame.js';
import type { Shortfall, StreamStatus } from '../../contracts/stream.js';
import { Histogram } from '../../runtime/histogram.js';
import { RecentValues } from '../../runtime/recent-values.js';
import { shortfallOf } from './shortfall.js';

/** Close enough that percentiles read off the histogram are good to about a fifth where it matters. */
const LATENCY_BOUNDS_SECONDS = [
  0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1, 0.125, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.75, 1, 1.5, 2.5, 5,
];
const RATE_WINDOW_MS = 10_000;
const LATENCY_WINDOW_MS = 60_000;

type CountedStatus = Pick<
  StreamStatus,
  'targetFps' | 'fps' | 'shortfall' | 'stillFaces' | 'framesAnalysed' | 'drops' | 'latencyP50Ms' | 'latencyP95Ms'
>;

/** What is counted of one stream: frames, rates, latencies, faces, and whether too few frames are analysed. */
export class StreamCounters {
  private readonly analysedAt = new RecentValues(1024, RATE_WINDOW_MS);
  private readonly lostAt = new RecentValues(1024, RATE_WINDOW_MS);
  private readonly latencies = new RecentValues(2048, LATENCY_WINDOW_MS);
  private readonly latencyHistogram = new Histogram(LATENCY_BOUNDS_SECONDS);
  private readonly drops = Object.fromEntries(DROP_REASONS.map((reason) => [reason, 0])) as Record<DropReason, number>;
  private readonly rejected: Partial<Record<RejectReason, number>> = {};
  private framesAnalysed = 0;
  private facesSeen = 0;
  private lastResultMs = 0;
  /** Since when frames come without a break; null while the camera is not online. */
  private onlineSinceMs: number | null = null;
  private shortfall: Shortfall | null = null;
  /** Pictures of faces in the newest frame. */
  stillInView = 0;

  constructor(private readonly targetFps: number) {}

  /** Counts a frame that was given up. */
  dropped(reason: DropReason): void {
    this.drops[reason] += 1;
    if (reason === 'superseded') this.lostAt.add(performance.now(), 1);
  }

  /** Counts what inference found in one frame. */
  analysed(result: FrameResult): void {
    const now = performance.now();
    this.lastResultMs = now;
    this.stillInView = 0;
    this.framesAnalysed += 1;
    this.analysedAt.add(now, 1);
    this.latencies.add(now, result.latencyMs);
    this.latencyHistogram.observe(result.latencyMs / 1000);
    for (const { rejected } of result.faces) {
      if (rejected === null) this.facesSeen += 1;
      else this.rejected[rejected] = (this.rejected[rejected] ?? 0) + 1;
      if (rejected === 'still') this.stillInView += 1;
    }
  }

  /** Time since the last frame was analysed, ms. */
  get idleMs(): number {
    return performance.now() - this.lastResultMs;
  }

  /** Judges the rate of the last seconds; gives the rate where the verdict has changed, null where it is what it was. */
  judgeRate(isOnline: boolean): Pick<StreamStatus, 'fps' | 'targetFps' | 'shortfall'> | null {
    const now = performance.now();
    this.onlineSinceMs = isOnline ? (this.onlineSinceMs ?? now) : null;
    const before = this.shortfall;
    const steady = this.onlineSinceMs !== null && now - this.onlineSinceMs >= RATE_WINDOW_MS;
    const wanted = (this.targetFps * RATE_WINDOW_MS) / 1000;
    const tally = { wanted, analysed: this.analysedAt.countAt(now), lost: this.lostAt.countAt(now) };
    this.shortfall = steady ? shortfallOf(tally, before) : null;
    if (this.shortfall === before) return null;
    return { fps: this.fps(now), targetFps: this.targetFps, shortfall: this.shortfall };
  }

  status(): CountedStatus {
    const now = performance.now();
    return {
      targetFps: this.targetFps,
      fps: this.fps(now),
      shortfall: this.shortfall,
      stillFaces: this.stillInView,
      framesAnalysed: this.framesAnalysed,
      drops: { ...this.drops },
      latencyP50Ms: this.latencies.percentile(now, 0.5),
      latencyP95Ms: this.latencies.percentile(now, 0.95),
    };
  }

  telemetry() {
    return { latency: this.latencyHistogram.data(), faces: this.facesSeen, rejected: { ...this.rejected } };
  }

  private fps(nowMs: number): number {
    return this.analysedAt.countAt(nowMs) / (RATE_WINDOW_MS / 1000);
  }
}
