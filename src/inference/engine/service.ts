import type { Config } from '../../config/schema.js';
import type { FrameDrop, FrameResult } from '../../contracts/face.js';
import { DROP_REASONS, type DropReason, type Frame } from '../../contracts/frame.js';
import type { EngineInfo } from '../../contracts/service/models.js';
import { COUNTER_ROLE } from '../../contracts/role.js';
import { EmoscopeError } from '../../runtime/errors.js';
import { FaultCounter } from '../../runtime/fault-counter.js';
import type { Logger } from '../../runtime/logger.js';
import type { EngineStats, FaceEngine, FoundFace, InferenceStats } from './port.js';
import type { SharedPicture } from '../pixels/picture.js';
import { BodyEngine } from './bodies/body-engine.js';
import { startEngine } from './start-engine.js';
import { PictureStore } from '../pixels/picture-store.js';
import { Scheduler, type WaitingFrame } from './scheduler.js';
import { StreamBodies } from '../streams/stream-bodies.js';
import { StreamFaces, type StreamOptions } from '../streams/stream-faces.js';
import { OrientationDetector } from '../streams/orientation-detector.js';
import { rotatedPicture, type QuarterTurn } from '../pixels/rotated-picture.js';

export type { InferenceStats } from './port.js';
export type { StreamOptions } from '../streams/stream-faces.js';
export { addModel, addedModels, type NewModel } from '../models/added/added-models.js';

/** How a stream is opened: to look for faces, or, at a counter, for bodies alone. */
export type OpenOptions = StreamOptions | (Pick<StreamOptions, 'id' | 'fps'> & { readonly role: typeof COUNTER_ROLE });

/** A fault that repeats is logged once in this time, with its count. */
const FAULT_INTERVAL_MS = 10_000;

interface OpenStream {
  /** Where to look and who is followed: faces with all that is said of them, or bodies and nothing else. */
  readonly seen: StreamFaces | StreamBodies;
  readonly orientation: OrientationDetector;
  readonly faults: FaultCounter;
  analysed: number;
  readonly drops: Record<DropReason, number>;
  /** Resolves when the frame before is done. */
  before: Promise<void>;
}

/** Frames in, faces or bodies out, for all streams at once; all heavy work in other threads. */
export class InferenceService {
  private readonly streams = new Map<string, OpenStream>();
  private readonly pictures = new PictureStore();
  private readonly scheduler: Scheduler;
  private resultListeners: ((result: FrameResult) => void)[] = [];
  private dropListeners: ((drop: FrameDrop) => void)[] = [];
  private closing: Promise<void> | null = null;
  private inWork = new Set<Promise<void>>();

  private constructor(
    private readonly engine: FaceEngine,
    private readonly bodies: BodyEngine,
    private readonly maxFaces: number,
    private readonly logger: Logger,
  ) {
    const limit = engine.concurrency * 2;
    this.scheduler = new Scheduler(
      limit,
      (waiting, letNextIn) => this.track(this.process(waiting, letNextIn)),
      (frame, reason) => this.drop(frame, reason),
    );
  }

  /**
   * Starts the configured engine and warms it, and the one for bodies where there is a counter to begin with. Rejects with
   * MODEL_INTEGRITY, MODEL_CONVERSION or ENGINE_UNAVAILABLE.
   */
  static async start(options: {
    inference: Config['inference'];
    logger: Logger;
    streams?: Config['streams'];
  }): Promise<InferenceService> {
    const logger = options.logger.child({ stage: 'inference' });
    const engine = await startEngine(options.inference, logger);
    const bodies = new BodyEngine(options.inference, logger);
    try {
      if (options.streams?.some(({ role }) => role === COUNTER_ROLE) === true) await bodies.warm();
    } catch (error) {
      await engine.close();
      throw error;
    }
    return new InferenceService(engine, bodies, options.inference.maxFaces, logger);
  }

  info(): EngineInfo {
    const info = this.engine.info();
    return { ...info, models: [...info.models, ...this.bodies.models] };
  }

  stats(): InferenceStats {
    const streams = [...this.streams].map(
      ([id, { analysed, drops }]) => [id, { analysed, drops: { ...drops } }] as const,
    );
    const { working, waiting, streams: maxWaiting } = this.scheduler.load;
    return {
      engine: this.engineStats(),
      streams: Object.fromEntries(streams),
      frames: { working, maxWorking: this.scheduler.limit, waiting, maxWaiting },
    };
  }

  private engineStats(): EngineStats {
    const stats = this.engine.stats();
    const { work } = this.bodies;
    return work.runs === 0 ? stats : { ...stats, stages: { ...stats.stages, bodies: work.data() } };
  }

  /** Opens a stream, or opens it anew with other options (its tracks end). */
  openStream(options: OpenOptions): void {
    if (this.streams.has(options.id)) this.closeStream(options.id);
    const drops = Object.fromEntries(DROP_REASONS.map((reason) => [reason, 0])) as Record<DropReason, number>;
    const logger = this.logger.child({ stream: options.id });
    const faults = new FaultCounter(FAULT_INTERVAL_MS, (fault, count) => logger.warn({ count }, fault));
    this.streams.set(options.id, {
      seen: options.role === COUNTER_ROLE ? new StreamBodies(options) : new StreamFaces(options),
      orientation: new OrientationDetector(),
      faults,
      analysed: 0,
      drops,
      before: Promise.resolve(),
    });
    if (options.role === COUNTER_ROLE)
      this.bodies.warm().catch((error: unknown) => logger.error({ err: error }, 'bodies cannot be looked for'));
    this.scheduler.open(options.id);
  }

  /** Drops what waits of this stream; returns its tracks, which end here. */
  closeStream(id: string): readonly string[] {
    for (const waiting of this.scheduler.remove(id)) waiting.offline?.reject(closedError());
    const ended = this.streams.get(id)?.seen.endAll() ?? [];
    this.streams.delete(id);
    this.engine.closeStream(id);
    return ended;
  }

  /** By how much a stream's pictures would have to be turned for its faces to be upright, degrees; null while nothing says so. */
  suggestedTurn(id: string): QuarterTurn | null {
    return this.streams.get(id)?.orientation.suggested ?? null;
  }

  /** A live frame; the newest of each stream wins, the others are reported as dropped. */
  submit(frame: Frame): void {
    this.scheduler.offer(frame);
  }

  onResult(listener: (result: FrameResult) => void): void {
    this.resultListeners = [...this.resultListeners, listener];
  }

  onDrop(listener: (drop: FrameDrop) => void): void {
    this.dropListeners = [...this.dropListeners, listener];
  }

  /** Offline: in order, never dropped. Rejects with STREAM_UNKNOWN, INPUT_UNREADABLE, ENGINE_OUTPUT or ENGINE_CLOSED. */
  analyze(frame: Frame): Promise<FrameResult> {
    return new Promise((resolve, reject) => {
      const accepted = this.scheduler.append({ frame, offline: { resolve, reject } });
      if (!accepted) reject(new EmoscopeError('STREAM_UNKNOWN', `The stream ${frame.streamId} is not open.`));
    });
  }

  /** Finishes what is in work, drops what waits, ends the threads. */
  close(): Promise<void> {
    this.closing ??= this.shutDown();
    return this.closing;
  }

  private async shutDown(): Promise<void> {
    for (const id of [...this.streams.keys()]) this.closeStream(id);
    await Promise.all(this.inWork);
    await Promise.all([this.engine.close(), this.bodies.close()]);
  }

  private track(work: Promise<void>): Promise<void> {
    this.inWork.add(work);
    return work.finally(() => this.inWork.delete(work));
  }

  /** Never rejects: a failure goes to the caller that waits for the frame, or is counted as a drop. */
  private async process({ frame, offline }: WaitingFrame, letNextIn: () => void): Promise<void> {
    try {
      const result = await this.analyseFrame(frame, offline === undefined, letNextIn);
      if (offline !== undefined) offline.resolve(result);
      else for (const listener of this.resultListeners) listener(result);
    } catch (error) {
      if (offline !== undefined) offline.reject(error);
      else {
        this.streams.get(frame.streamId)?.faults.add(error instanceof Error ? error.message : String(error));
        this.drop(frame, 'engine-error');
      }
    }
  }

  /** Looks for faces at once, describes them when the frame before is done. */
  private analyseFrame(frame: Frame, live: boolean, letNextIn: () => void): Promise<FrameResult> {
    const stream = this.streams.get(frame.streamId);
    if (stream === undefined) return Promise.reject(closedError());
    const { before, seen } = stream;
    const result =
      seen instanceof StreamBodies
        ? this.seeBodies(stream, seen, before, frame)
        : this.seeFaces(stream, seen, before, { frame, live }, letNextIn);
    stream.before = result.then(nothing, nothing);
    return result;
  }

  /** Looks for people, and for nothing that would tell who they are. */
  private async seeBodies(
    stream: OpenStream,
    seen: StreamBodies,
    before: Promise<void>,
    frame: Frame,
  ): Promise<FrameResult> {
    const { streamId, seq, ts, width, height } = frame;
    const picture = this.pictures.share(frame);
    try {
      const found = await this.bodies.detect(picture);
      await before;
      const { bodies, ended } = seen.follow(found, frame);
      stream.analysed += 1;
      const latencyMs = performance.now() - frame.arrivedMs;
      return { streamId, seq, ts, width, height, faces: [], bodies, endedTracks: ended, latencyMs };
    } finally {
      this.pictures.release(picture, frame);
    }
  }

  private async seeFaces(
    stream: OpenStream,
    seen: StreamFaces,
    before: Promise<void>,
    { frame, live }: { readonly frame: Frame; readonly live: boolean },
    letNextIn: () => void,
  ): Promise<FrameResult> {
    const { streamId, seq, ts, width, height } = frame;
    const picture = this.pictures.share(frame);
    try {
      const found = await this.engine.detect({ streamId, picture, regions: seen.regions(picture, ts) });
      await before;
      if (live) await this.detectOrientation(stream, { found, picture, frame });
      const { faces, ended } = seen.follow(found, frame, this.maxFaces);
      const describing = this.engine.describe({ streamId, picture, faces: faces.map(({ request }) => request) });
      letNextIn();
      const descriptions = await describing;
      const tracked = faces.flatMap((face, i) => {
        const description = descriptions[i];
        return description === undefined ? [] : (seen.complete(face, description, ts) ?? []);
      });
      seen.forget(ended);
      stream.analysed += 1;
      const latencyMs = performance.now() - frame.arrivedMs;
      return { streamId, seq, ts, width, height, faces: tracked, endedTracks: ended, latencyMs };
    } finally {
      this.pictures.release(picture, frame);
    }
  }

  /** Where a live stream shows no faces, now and then a look at its picture turned. */
  private async detectOrientation(
    { orientation }: OpenStream,
    { found, picture, frame }: { found: readonly FoundFace[]; picture: SharedPicture; frame: Frame },
  ): Promise<void> {
    const { streamId, ts } = frame;
    orientation.seen(found, ts);
    const turn = orientation.due(ts);
    if (turn === null) return;
    const turned = rotatedPicture(picture, turn);
    const { width, height } = turned;
    const regions = [{ x: 0, y: 0, width, height }];
    orientation.looked(turn, await this.engine.detect({ streamId, picture: turned, regions }), ts);
  }

  private drop(frame: Frame, reason: DropReason): void {
    const stream = this.streams.get(frame.streamId);
    if (stream !== undefined) stream.drops[reason] += 1;
    for (const listener of this.dropListeners) listener({ streamId: frame.streamId, seq: frame.seq, reason });
  }
}

const nothing = (): void => undefined;

const closedError = (): EmoscopeError =>
  new EmoscopeError('ENGINE_CLOSED', 'The stream or the engine has been stopped.');
