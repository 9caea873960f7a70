import type { LivePicture, PictureOptions } from '../../contracts/service/live-picture.js';
import type { StreamConfig } from '../../config/schema.js';
import type { DoorCounts } from '../../contracts/events.js';
import type { FrameDrop, FrameResult } from '../../contracts/face.js';
import type { Frame } from '../../contracts/frame.js';
import type { CountObservation } from '../../contracts/observation.js';
import type { StreamStatus } from '../../contracts/stream.js';
import type { PastWindows, StreamWindows } from '../../contracts/window.js';
import type { Camera } from '../../ingest/camera.js';
import type { SampledFrame } from '../../metrics/faces/sample.js';
import type { Logger } from '../../runtime/logger.js';
import type { FrameNumbers } from '../numbers/numbers-sink.js';
import type { DoorNumbers } from '../numbers/door-numbers.js';
import type { StreamNumbers } from '../numbers/stream-numbers.js';
import { LivePictures } from './live-pictures.js';
import { StreamCounters } from './stream-counters.js';

/** When no frame has come for this long, those that wait for a face to be judged are counted. */
const SETTLE_MS = 5000;

/** What the frames of one stream are turned into: figures of faces, or, at a counter, of who passes its line. */
export type StreamFigures =
  { readonly faces: StreamNumbers; readonly door: null } | { readonly faces: null; readonly door: DoorNumbers };

/** What an operator should see to at the camera. */
type Hints = Pick<StreamStatus, 'stillSinceTs' | 'lightFault' | 'suggestedRotate'>;

const HINTS = ['stillSinceTs', 'lightFault', 'suggestedRotate'] as const satisfies readonly (keyof Hints)[];

/** One camera at work: its counters, its figures, its pictures. */
export class StreamRuntime {
  private readonly counters: StreamCounters;
  private readonly pictures: LivePictures;
  private pastKnown = false;
  private hasBegun = false;
  private leftOut = { still: 0, stays: 0 };
  private hints: Hints = { stillSinceTs: null, lightFault: null, suggestedRotate: null };

  constructor(
    readonly config: StreamConfig,
    readonly camera: Camera,
    private readonly figures: StreamFigures,
    private readonly logger: Logger,
    private readonly suggestedTurn: () => 90 | 180 | 270 | null,
  ) {
    this.counters = new StreamCounters(config.fps);
    this.pictures = new LivePictures(logger);
  }

  /** Remembers a frame that was handed to inference. */
  submitted(frame: Frame): void {
    this.pictures.submitted(frame);
  }

  /** Counts a frame that was given up. */
  dropped({ reason, seq }: FrameDrop): void {
    this.counters.dropped(reason);
    this.pictures.dropped(seq);
  }

  /** Takes what inference found in one frame; gives the numbers that are certain now. */
  analysed(frame: SampledFrame): FrameNumbers[] {
    this.counters.analysed(frame);
    this.pictures.analysed(frame);
    return this.figures.faces?.add(frame) ?? [];
  }

  /** Takes the people inference found in one frame of a counter; gives the facts that are certain now. */
  counted({ bodies = [], ...result }: FrameResult): readonly CountObservation[] {
    this.counters.analysed(result);
    this.pictures.analysed({ ...result, bodies });
    return this.figures.door?.add({ ...result, bodies }) ?? [];
  }

  /** The facts of a counter whose minute is over by `nowTs`; null: of the minute that runs, too. */
  settleDoor(nowTs: number | null): readonly CountObservation[] {
    const { door } = this.figures;
    return (nowTs === null ? door?.settle() : door?.settleBefore(nowTs)) ?? [];
  }

  /** What a counter has seen today; null: the stream is none. */
  door(nowTs: number): DoorCounts | null {
    return this.figures.door?.counts(nowTs) ?? null;
  }

  /** Adds what a counter has counted today before its first frame. */
  resumeDoor(...past: Parameters<DoorNumbers['resume']>): void {
    this.figures.door?.resume(...past);
  }

  /** Judges the rate and the pictures of the last seconds; true when a verdict has changed. */
  judge(): boolean {
    const { state, stillSinceTs, lightFault } = this.camera.status();
    const rate = this.counters.judgeRate(state === 'online');
    if (rate?.shortfall === null) this.logger.info(rate, 'no shortfall of frames any more');
    else if (rate !== null) this.logger.warn(rate, 'fewer frames than asked for are analysed');
    const before = this.hints;
    this.hints = { stillSinceTs, lightFault, suggestedRotate: this.suggestedRotate() };
    const hints = HINTS.some((hint) => before[hint] !== this.hints[hint]);
    if (hints && HINTS.some((hint) => this.hints[hint] !== null))
      this.logger.warn(this.hints, 'the picture of this camera needs a look');
    return rate !== null || hints || this.leftOutChanged() || this.doorBegun();
  }

  /** Whether a counter has just analysed its first frame: its pictures can be asked for from now on, and no figures say so. */
  private doorBegun(): boolean {
    if (this.figures.door === null || this.hasBegun || this.counters.status().framesAnalysed === 0) return false;
    this.hasBegun = true;
    return true;
  }

  /** Whether more or fewer faces are left out of the figures than when this was asked last. */
  private leftOutChanged(): boolean {
    const before = this.leftOut;
    this.leftOut = { still: this.counters.stillInView, stays: this.figures.faces?.longStays ?? 0 };
    return before.still !== this.leftOut.still || before.stays !== this.leftOut.stays;
  }

  /** The numbers that waited for frames which do not come. */
  settleIdle(): FrameNumbers[] {
    return this.counters.idleMs > SETTLE_MS ? this.settle() : [];
  }

  /** The numbers that wait, as when the stream stops. */
  settle(): FrameNumbers[] {
    return this.figures.faces?.settle() ?? [];
  }

  finish(): ReturnType<StreamNumbers['finish']> {
    return this.figures.faces?.finish() ?? [];
  }

  /** Adds what was stored before the first frame, or null where there is nothing or it cannot be read; its day is that of `nowTs`. */
  resume(past: PastWindows | null, nowTs: number): void {
    this.pastKnown = true;
    if (past !== null) this.figures.faces?.resume(past, nowTs);
  }

  /** Whether the figures of earlier today are in the windows, too. */
  get knowsPast(): boolean {
    return this.pastKnown;
  }

  /** The Smile-Index of the last 900 seconds, as samples and smiles. */
  curve(nowTs: number): ReturnType<StreamNumbers['curve']> {
    return this.figures.faces?.curve(nowTs) ?? [];
  }

  /** When today's smiles of its visitors were held, epoch ms. */
  heldSmiles(nowTs: number): readonly number[] {
    return this.figures.faces?.heldSmiles(nowTs) ?? [];
  }

  /** null: the stream is a counter, which has no faces. */
  windows(nowTs: number): StreamWindows | null {
    return this.figures.faces?.snapshot(nowTs) ?? null;
  }

  status(): StreamStatus {
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
      ...this.counters.status(),
      stillSinceTs: camera.stillSinceTs,
      lightFault: camera.lightFault,
      suggestedRotate: this.suggestedRotate(),
      longStays: this.figures.faces?.longStays ?? 0,
      framesIn: camera.framesIn,
      reconnects: camera.reconnects,
      lastFrameTs: camera.lastFrameTs,
      width: camera.width,
      height: camera.height,
      codec: camera.codec,
    };
  }

  telemetry() {
    return this.counters.telemetry();
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
}
