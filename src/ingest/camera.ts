import type { StreamConfig } from '../config/schema.js';
import type { Frame } from '../contracts/frame.js';
import type { ProbeResult, StreamState } from '../contracts/stream.js';
import { Backoff } from '../runtime/backoff.js';
import { systemClock, type Clock } from '../runtime/clock.js';
import { FaultCounter } from '../runtime/fault-counter.js';
import type { Logger } from '../runtime/logger.js';
import { hideAddress } from '../runtime/address/hide-address.js';
import { pause } from '../runtime/wait.js';
import { Backlog } from './backlog.js';
import { CameraFault } from './camera-fault.js';
import { nextCameraState, PERMANENT_REASONS, type CameraEvent } from './camera-state.js';
import type { CameraStatus } from './camera-status.js';
import { cameraTiming, type CameraTiming } from './camera-timing.js';
import { CaptureClock } from './capture-clock.js';
import { ffmpegSource } from './ffmpeg/source.js';
import type { Picture, StartSource } from './frame-source.js';
import { askDelivery } from './http-delivery.js';
import { PictureChanges } from './picture-changes.js';
import { play, type PlaybackEnd } from './playback.js';
import { Refusals } from './push/refusals.js';
import { parseSourceUrl, type SourceSpec } from './source-url.js';
import { LightWatch } from './light-watch.js';
import { Stillness } from './stillness.js';

export interface CameraOptions {
  readonly stream: StreamConfig;
  readonly logger: Logger;
  readonly clock?: Clock;
  readonly startSource?: StartSource;
  /** Overrides of the times derived from the stream's configuration. */
  readonly timing?: Partial<CameraTiming>;
}

type Why = Pick<CameraStatus, 'reason' | 'detail'>;

// A call, since the compiler believes that a property checked before an await stays as it was.
const wasAborted = (signal: AbortSignal): boolean => signal.aborted;

const NOTHING: Why = { reason: null, detail: null };
const CHANGING = 'The source keeps changing the size of its picture; it is opened again more seldom.';
const AWAITING_KEY: Why = { reason: 'awaiting-key-frame', detail: 'Video arrives; its next key picture is awaited.' };

/** Keeps one stream open: connects, watches, reconnects with growing delays, and hands over frames with capture times. */
export class Camera {
  private readonly stream: StreamConfig;
  private readonly clock: Clock;
  private readonly logger: Logger;
  private readonly startSource: StartSource;
  private readonly timing: CameraTiming;
  private readonly captureClock: CaptureClock;
  private readonly stillness = new Stillness();
  private readonly light = new LightWatch();
  private readonly faults: FaultCounter;
  private readonly refusals: Refusals;
  private readonly frameListeners: ((frame: Frame) => void)[] = [];
  private readonly stateListeners: ((status: CameraStatus) => void)[] = [];
  private run: { readonly abort: AbortController; readonly done: Promise<void> } | null = null;
  private state: StreamState = 'stopped';
  private why = NOTHING;
  private sinceTs: number;
  private framesIn = 0;
  private reconnects = 0;
  private lastFrameTs: number | null = null;
  private info: ProbeResult | null = null;
  /** Reported in full since the camera was last online. */
  private reportedFault: string | null = null;
  private lastEnd: PlaybackEnd | null = null;

  constructor(options: CameraOptions) {
    this.stream = options.stream;
    this.clock = options.clock ?? systemClock;
    this.logger = options.logger.child({ stage: 'ingest', stream: options.stream.id });
    this.startSource = options.startSource ?? ffmpegSource();
    this.timing = cameraTiming(options.stream, options.timing);
    this.captureClock = new CaptureClock(this.clock);
    this.sinceTs = this.clock.now();
    this.refusals = new Refusals(this.logger, this.timing.faultIntervalMs);
    this.faults = new FaultCounter(this.timing.faultIntervalMs, (fault, count) => this.reportFault(fault, count));
  }

  /** Begins to connect; does nothing when already started. */
  start(): void {
    if (this.run !== null) return;
    const abort = new AbortController();
    this.move('start', NOTHING);
    this.run = { abort, done: this.watchOver(abort.signal) };
  }

  /** Ends the decoder and interrupts every wait; idempotent. */
  async stop(): Promise<void> {
    const run = this.run;
    if (run === null) return;
    run.abort.abort();
    await run.done;
    if (this.run !== run) return;
    this.run = null;
    this.move('stop', NOTHING);
  }

  onFrame(listener: (frame: Frame) => void): void {
    this.frameListeners.push(listener);
  }

  /** Called on every change of state or reason. */
  onState(listener: (status: CameraStatus) => void): void {
    this.stateListeners.push(listener);
  }

  status(): CameraStatus {
    const lies = this.stream.rotate % 180 !== 0;
    return {
      state: this.state,
      ...this.why,
      sinceTs: this.sinceTs,
      framesIn: this.framesIn,
      reconnects: this.reconnects,
      lastFrameTs: this.lastFrameTs,
      stillSinceTs: this.state === 'online' ? this.stillness.sinceTs : null,
      lightFault: this.state === 'online' ? this.light.fault : null,
      width: (lies ? this.info?.height : this.info?.width) ?? null,
      height: (lies ? this.info?.width : this.info?.height) ?? null,
      codec: this.info?.codec ?? null,
      url: hideAddress(this.stream.url),
    };
  }

  private async supervise(signal: AbortSignal): Promise<void> {
    const understood = this.understandUrl();
    if (understood === null) return;
    let delivery = understood.kind === 'http' ? null : understood.delivery;
    const backoff = new Backoff(this.timing.backoff);
    const changes = new PictureChanges(this.timing.backoff, this.clock);
    let lostMs: number | null = null;
    while (!signal.aborted) {
      delivery ??= await askDelivery(understood.input, this.stream.certificate, signal);
      if (wasAborted(signal)) return;
      const spec = { ...understood, delivery: delivery ?? understood.delivery };
      const end = await this.playOnce(spec, signal);
      if (wasAborted(signal)) return;
      // A listener that nobody called listens again at once.
      if (end.pictures > 0 || (spec.kind === 'listen' && end.reason === 'timeout')) backoff.reset();
      if (end.pictures > 0) lostMs = null;
      lostMs ??= this.clock.monotonic();
      if (end.reopen) {
        const delayMs = changes.next();
        this.move('lost', { reason: null, detail: delayMs > 0 ? CHANGING : end.detail });
        if (delayMs > 0) this.faults.add(`changes: ${CHANGING}`);
        await pause(delayMs, signal);
        continue;
      }
      this.lastEnd = end;
      this.faults.add(`${end.reason}: ${end.detail}`);
      const finished = spec.delivery === 'finite' && !this.stream.loop && end.pictures > 0;
      const permanent = PERMANENT_REASONS.has(end.reason);
      const overdue = this.clock.monotonic() - lostMs >= this.timing.offlineAfterMs;
      const early = this.state === 'connecting' || this.state === 'offline';
      this.move(finished || permanent || overdue || early ? 'gave-up' : 'lost', end);
      if (finished) return;
      const delayMs = backoff.next();
      await pause(permanent ? Math.max(delayMs, this.timing.permanentRetryMs) : delayMs, signal);
      this.reconnects += 1;
    }
  }

  /** Names the camera as faulty until it is opened again: a fault of the program ends this camera alone. */
  fail(error: unknown): void {
    this.logger.error({ err: error }, 'this camera cannot go on');
    this.run?.abort.abort();
    this.state = 'offline';
    this.sinceTs = this.clock.now();
    this.why = { reason: 'internal', detail: 'This camera ended by a fault of the program; the log says more.' };
    const status = this.status();
    for (const listener of this.stateListeners) listener(status);
  }

  private async watchOver(signal: AbortSignal): Promise<void> {
    try {
      await this.supervise(signal);
    } catch (error) {
      this.fail(error);
    }
  }

  /** What listeners throw must not reach the decoder's streams, where nobody catches it. */
  private guarded(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.fail(error);
    }
  }

  private understandUrl(): SourceSpec | null {
    try {
      return parseSourceUrl(this.stream.url);
    } catch (error) {
      if (!(error instanceof CameraFault)) throw error;
      this.move('gave-up', { reason: error.reason, detail: error.message });
      return null;
    }
  }

  private playOnce(spec: SourceSpec, signal: AbortSignal): Promise<PlaybackEnd> {
    const { stallTimeoutMs, connectTimeoutMs } = this.timing;
    const { fps, maxWidth, transport, certificate, allow, decode, loop, rotate } = this.stream;
    this.captureClock.reset();
    this.stillness.reset();
    this.light.reset();
    const backlog = spec.delivery === 'live' ? new Backlog() : null;
    return play(
      {
        startSource: this.startSource,
        request: {
          spec,
          fps,
          maxWidthPx: maxWidth,
          transport,
          certificate,
          allow,
          decode,
          loop,
          rotate,
          pace: 'live',
          socketTimeoutMs: stallTimeoutMs,
        },
        // A source that pushes decides when the first picture comes.
        connectTimeoutMs: spec.kind === 'listen' ? Number.POSITIVE_INFINITY : connectTimeoutMs,
        stallTimeoutMs,
        onInfo: (info) => (this.info = info),
        onRefused: (from, why) => this.refusals.add(from, why),
        onPicture: (picture) =>
          this.guarded(() => this.take(picture, backlog?.holds(picture.ptsMs, picture.arrivedMs) ?? false)),
        onAwaitingKey: () => this.guarded(() => this.move('waiting', AWAITING_KEY)),
        onStall: () => this.move('silence', { reason: 'timeout', detail: 'No picture arrives.' }),
      },
      signal,
    );
  }

  private take(picture: Picture, old: boolean): void {
    const { data, width, height, arrivedMs, ptsMs, release } = picture;
    const ts = this.captureClock.capture(ptsMs, arrivedMs) + this.stream.clockOffsetMs;
    if (old) {
      release?.();
      return;
    }
    this.stillness.look(picture, ts);
    this.light.look(picture);
    this.lastFrameTs = ts;
    this.framesIn += 1;
    if (this.state !== 'online') {
      this.reportedFault = null;
      this.move('frame', NOTHING);
    }
    const frame: Frame = { streamId: this.stream.id, seq: this.framesIn, ts, arrivedMs, width, height, data, release };
    for (const listener of this.frameListeners) listener(frame);
  }

  private move(event: CameraEvent, why: Why): void {
    const state = nextCameraState(this.state, event);
    const changed = state !== this.state;
    if (changed) this.sinceTs = this.clock.now();
    const news = changed || why.reason !== this.why.reason;
    this.state = state;
    this.why = { reason: why.reason, detail: why.detail };
    if (!news) return;
    this.logger.info({ state, ...this.why }, 'camera state');
    const status = this.status();
    for (const listener of this.stateListeners) listener(status);
  }

  private reportFault(fault: string, count: number): void {
    if (count > 1 || fault === this.reportedFault) {
      this.logger.warn({ fault, count }, 'the same fault again');
      return;
    }
    this.reportedFault = fault;
    const end = this.lastEnd;
    const report = {
      fault,
      exitCode: end?.exitCode,
      signal: end?.signal,
      pictures: end?.pictures,
      decoder: end?.lines,
    };
    this.logger.warn(report, 'camera lost');
  }
}
