import type { LivePicture, PictureOptions } from '../api/ports.js';
import type { StreamConfig } from '../config/schema.js';
import type { FrameDrop, FrameResult, RejectReason } from '../contracts/face.js';
import { DROP_REASONS, type DropReason, type Frame } from '../contracts/frame.js';
import type { Shortfall, StreamState, StreamStatus } from '../contracts/stream.js';
import type { PastWindows, StreamWindows } from '../contracts/window.js';
import type { Camera } from '../ingest/camera.js';
import { recognisedFaces } from '../metrics/sample.js';
import type { Logger } from '../runtime/logger.js';
import { Histogram } from '../runtime/histogram.js';
import { RecentValues } from '../runtime/recent-values.js';
import type { FrameNumbers } from './numbers-sink.js';
import { PictureShow } from './pictures/picture-show.js';
import { shortfallOf } from './shortfall.js';
import type { StreamNumbers } from './stream-numbers.js';

/** Close enough that percentiles read off the histogram are good to about a fifth where it matters. */
const LATENCY_BOUNDS_SECONDS = [
  0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1, 0.125, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.75, 1, 1.5, 2.5, 5,
];
/** Frames kept until their result comes, so that picture and boxes belong together. */
const MAX_IN_FLIGHT = 8;
const RATE_WINDOW_MS = 10_000;
const LATENCY_WINDOW_MS = 60_000;
/** When no frame has come for this long, those that wait for a face to be judged are counted. */
const SETTLE_MS = 5000;

/** One camera at work: its frames, its figures, its newest picture. */
export class StreamRuntime {
  private readonly inFlight = new Map<number, Frame>();
  private readonly pictures: PictureShow;
  private readonly analysedAt = new RecentValues(1024, RATE_WINDOW_MS);
  private readonly lostAt = new RecentValues(1024, RATE_WINDOW_MS);
  private readonly latencies = new RecentValues(2048, LATENCY_WINDOW_MS);
  private readonly latencyHistogram = new Histogram(LATENCY_BOUNDS_SECONDS);
  private readonly drops = Object.fromEntries(DROP_REASONS.map((reason) => [reason, 0])) as Record<DropReason, number>;
  private readonly rejected: Partial<Record<RejectReason, number>> = {};
  private framesAnalysed = 0;
  private lastResultMs = 0;
  private pastKnown = false;
  private stillInView = 0;
  private leftOut = { still: 0, stays: 0 };
  private facesSeen = 0;
  /** Since when frames come without a break; null while the camera is not online. */
  private onlineSinceMs: number | null = null;
  private shortfall: Shortfall | null = null;
  private hints: Pick<StreamStatus, 'stillSinceTs' | 'suggestedRotate'> = { stillSinceTs: null, suggestedRotate: null };

  constructor(
    readonly config: StreamConfig,
    readonly camera: Camera,
    private readonly numbers: StreamNumbers,
    private readonly logger: Logger,
    private readonly suggestedTurn: () => 90 | 180 | 270 | null,
  ) {
    this.pictures = new PictureShow(logger);
  }

  /** Remembers a frame that was handed to inference. */
  submitted(frame: Frame): void {
    this.inFlight.set(frame.seq, frame);
    const oldest = this.inFlight.keys().next();
    if (this.inFlight.size > MAX_IN_FLIGHT && oldest.done !== true) this.inFlight.delete(oldest.value);
  }

  /** Counts a frame that was given up. */
  dropped(drop: FrameDrop): void {
    this.drops[drop.reason] += 1;
    if (drop.reason === 'superseded') this.lostAt.add(performance.now(), 1);
    this.inFlight.get(drop.seq)?.release?.();
    this.inFlight.delete(drop.seq);
  }

  /** Takes what inference found in one frame; gives the numbers that are certain now. */
  analysed(result: FrameResult): FrameNumbers[] {
    const now = performance.now();
    this.lastResultMs = now;
    this.stillInView = result.faces.filter(({ rejected }) => rejected === 'still').length;
    this.framesAnalysed += 1;
    this.analysedAt.add(now, 1);
    this.latencies.add(now, result.latencyMs);
    this.latencyHistogram.observe(result.latencyMs / 1000);
    this.facesSeen += recognisedFaces(result).length;
    for (const { rejected } of result.faces) {
      if (rejected !== null) this.rejected[rejected] = (this.rejected[rejected] ?? 0) + 1;
    }
    this.keepPicture(result);
    return this.numbers.add(result);
  }

  /** Judges the rate and the pictures of the last seconds; true when a verdict has changed. */
  judge(): boolean {
    const { state, stillSinceTs } = this.camera.status();
    const rate = this.judgeRate(state);
    const suggestedRotate = this.suggestedRotate();
    const before = this.hints;
    this.hints = { stillSinceTs, suggestedRotate };
    const hints = before.stillSinceTs !== stillSinceTs || before.suggestedRotate !== suggestedRotate;
    if (hints && (stillSinceTs !== null || suggestedRotate !== null))
      this.logger.warn(this.hints, 'the picture of this camera needs a look');
    return rate || hints || this.leftOutChanged();
  }

  /** Whether more or fewer faces are left out of the figures than when this was asked last. */
  private leftOutChanged(): boolean {
    const before = this.leftOut;
    this.leftOut = { still: this.stillInView, stays: this.numbers.longStays };
    return before.still !== this.leftOut.still || before.stays !== this.leftOut.stays;
  }

  private judgeRate(state: StreamState): boolean {
    const now = performance.now();
    this.onlineSinceMs = state === 'online' ? (this.onlineSinceMs ?? now) : null;
    const before = this.shortfall;
    const steady = this.onlineSinceMs !== null && now - this.onlineSinceMs >= RATE_WINDOW_MS;
    this.shortfall = steady
      ? shortfallOf(
          {
            wanted: (this.config.fps * RATE_WINDOW_MS) / 1000,
            analysed: this.analysedAt.countAt(now),
            lost: this.lostAt.countAt(now),
          },
          before,
        )
      : null;
    if (this.shortfall === before) return false;
    const rate = { fps: this.analysedFps(now), targetFps: this.config.fps, shortfall: this.shortfall };
    if (this.shortfall === null) this.logger.info(rate, 'no shortfall of frames any more');
    else this.logger.warn(rate, 'fewer frames than asked for are analysed');
    return true;
  }

  /** The numbers that waited for frames which do not come. */
  settleIdle(): FrameNumbers[] {
    return performance.now() - this.lastResultMs > SETTLE_MS ? this.numbers.settle() : [];
  }

  /** The numbers that wait, as when the stream stops. */
  settle(): FrameNumbers[] {
    return this.numbers.settle();
  }

  finish(): ReturnType<StreamNumbers['finish']> {
    return this.numbers.finish();
  }

  /** Adds what was stored before the first frame, or null where there is nothing or it cannot be read; its day is that of `nowTs`. */
  resume(past: PastWindows | null, nowTs: number): void {
    this.pastKnown = true;
    if (past !== null) this.numbers.resume(past, nowTs);
  }

  /** Whether the figures of earlier today are in the windows, too. */
  get knowsPast(): boolean {
    return this.pastKnown;
  }

  /** The Smile-Index of the last 900 seconds, as samples and smiles. */
  curve(nowTs: number): ReturnType<StreamNumbers['curve']> {
    return this.numbers.curve(nowTs);
  }

  /** When today's smiles were held, epoch ms. */
  heldSmiles(nowTs: number): readonly number[] {
    return this.numbers.heldSmiles(nowTs);
  }

  windows(nowTs: number): StreamWindows {
    return this.numbers.snapshot(nowTs);
  }

  status(): StreamStatus {
    const now = performance.now();
    const camera = this.camera.status();
    return {
      id: this.config.id,
      name: this.config.name ?? this.config.id,
      role: this.config.role,
      url: camera.url,
      state: camera.state,
      reason: camera.reason,
      detail: camera.detail,
      sinceTs: camera.sinceTs,
      targetFps: this.config.fps,
      fps: this.analysedFps(now),
      shortfall: this.shortfall,
      stillSinceTs: camera.stillSinceTs,
      suggestedRotate: this.suggestedRotate(),
      stillFaces: this.stillInView,
      longStays: this.numbers.longStays,
      framesIn: camera.framesIn,
      framesAnalysed: this.framesAnalysed,
      drops: { ...this.drops },
      reconnects: camera.reconnects,
      lastFrameTs: camera.lastFrameTs,
      latencyP50Ms: this.latencies.percentile(now, 0.5),
      latencyP95Ms: this.latencies.percentile(now, 0.95),
      width: camera.width,
      height: camera.height,
      codec: camera.codec,
    };
  }

  telemetry() {
    return { latency: this.latencyHistogram.data(), faces: this.facesSeen, rejected: { ...this.rejected } };
  }

  /** The newest analysed frame as JPEG, or null while there is none. */
  snapshot(options: PictureOptions): Promise<LivePicture | null> {
    return this.pictures.snapshot(options);
  }

  /** Shows every analysed frame to `show` until the returned function is called; a slow encoder skips frames. */
  watch(options: PictureOptions, show: (picture: LivePicture) => void): () => void {
    return this.pictures.watch(options, show);
  }

  private suggestedRotate(): StreamStatus['suggestedRotate'] {
    const turn = this.suggestedTurn();
    return turn === null ? null : (((this.config.rotate + turn) % 360) as StreamConfig['rotate']);
  }

  private analysedFps(nowMs: number): number {
    return this.analysedAt.countAt(nowMs) / (RATE_WINDOW_MS / 1000);
  }

  private keepPicture(result: FrameResult): void {
    const frame = this.inFlight.get(result.seq);
    for (const seq of this.inFlight.keys()) if (seq <= result.seq) this.inFlight.delete(seq);
    if (frame === undefined) return;
    // Posters and screens belong to the empty view.
    const living = result.faces.filter(({ rejected }) => rejected !== 'still');
    this.pictures.show(
      frame,
      living.map(({ box }) => box),
    );
  }
}
