import type { Config, StreamConfig } from '../../config/schema.js';
import type { FrameDrop, FrameResult } from '../../contracts/face.js';
import type { Frame } from '../../contracts/frame.js';
import type { DoorEvent, LiveFace, MetricsHistory, ReleasedFigures } from '../../contracts/events.js';
import { COUNTER_ROLE, FACE_ROLE_OF, type StreamRole } from '../../contracts/role.js';
import type { Sample } from '../../contracts/sample.js';
import { Camera } from '../../ingest/camera.js';
import type { LocalTime } from '../../time/local-time.js';
import { sampled } from '../../metrics/faces/sample.js';
import type { Clock } from '../../runtime/clock.js';
import type { Logger } from '../../runtime/logger.js';
import type { LiveBus } from '../live/live-bus.js';
import type { NumbersSink } from '../numbers/numbers-sink.js';
import type { PassedToday } from '../live/passed-today.js';
import type { PastOf } from '../live/past.js';
import { sellerAnalyticsOf } from '../../config/seller-analytics.js';
import { doorOf } from '../numbers/door-numbers.js';
import { StreamNumbers } from '../numbers/stream-numbers.js';
import { StreamRuntime, type StreamFigures } from './stream-runtime.js';
import { DoorNews } from './door-news.js';

const TICK_MS = 1000;

/** What the monitor needs of inference. */
export interface LiveInference {
  openStream(options: {
    readonly id: string;
    readonly role: StreamRole;
    readonly fps: number;
    readonly zones: StreamConfig['zones'];
    readonly quality: Config['quality'];
    readonly attention: Config['attention'];
    readonly smoothingMs: number;
    readonly stillFaces: StreamConfig['stillFaces'];
  }): void;
  closeStream(id: string): void;
  /** By how much the stream's pictures should be turned clockwise, degrees. */
  suggestedTurn(id: string): 90 | 180 | 270 | null;
  submit(frame: Frame): void;
  onResult(listener: (result: FrameResult) => void): void;
  onDrop(listener: (drop: FrameDrop) => void): void;
}

export interface MonitorOptions {
  readonly config: Config;
  readonly inference: LiveInference;
  readonly sink: NumbersSink;
  readonly bus: LiveBus;
  /** The windows for those who may not see faces; null: small groups are not guarded. */
  readonly released?: () => ReleasedFigures | null;
  /** What the live figures of streams go on from; absent: they begin at zero. */
  readonly past?: PastOf;
  /** What counters go on from; absent: they begin at zero. */
  readonly passedToday?: PassedToday;
  readonly localTime: LocalTime;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What inference is told about a stream: the site's limits with the stream's own on top. */
export const inferenceOptionsOf = (config: Config, stream: StreamConfig) => ({
  id: stream.id,
  role: stream.role,
  fps: stream.fps,
  zones: stream.zones,
  quality: { ...config.quality, ...definedOf(stream.quality) },
  attention: { ...config.attention, ...definedOf(stream.attention) },
  smoothingMs: config.metrics.smoothingMs,
  stillFaces: stream.stillFaces,
});

const definedOf = <Value extends object>(value: Value): { [Key in keyof Value]?: NonNullable<Value[Key]> } =>
  Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as never;

const liveFace = ({ trackId, role, box, emotions, mood, age, gender, pose, attention, talking }: Sample): LiveFace => ({
  ...{ trackId, role, box, emotions, mood },
  ...{ age, gender, pose, attention },
  ...(talking === true && { talking }),
});

/** All cameras at work: opens and closes streams, routes frames and results, and tells the world once a second. */
export class Monitor {
  private readonly runtimes = new Map<string, StreamRuntime>();
  private readonly news = new DoorNews();
  /** The last of the changes of a stream that have not come to their end. */
  private readonly turns = new Map<string, Promise<void>>();
  private timer: NodeJS.Timeout | null = null;
  private stopped = false;

  constructor(private readonly options: MonitorOptions) {
    options.inference.onResult((result) => this.onResult(result));
    options.inference.onDrop((drop) => this.runtimes.get(drop.streamId)?.dropped(drop));
  }

  /** Opens every configured stream; resolves when what they had of today is added, for which no camera waits. */
  start(): Promise<void> {
    const { streams } = this.options.config;
    const past = this.pastOf(streams);
    const opened = streams.map((stream) => this.begin(stream));
    this.timer ??= setInterval(() => this.tick(), TICK_MS);
    return this.resume(opened, past);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
    const ids = new Set([...this.runtimes.keys(), ...this.turns.keys()]);
    await Promise.all([...ids].map((id) => this.close(id)));
  }

  runtime(id: string): StreamRuntime | null {
    return this.runtimes.get(id) ?? null;
  }

  all(): readonly StreamRuntime[] {
    return [...this.runtimes.values()];
  }

  /** Reads a stream as it is configured now; a disabled one is listed as stopped. Changes of one stream take turns. */
  open(stream: StreamConfig): Promise<void> {
    return this.inTurn(stream.id, async () => {
      await this.end(stream.id);
      if (this.stopped) return;
      const past = this.pastOf([stream]);
      this.resume([this.begin(stream)], past).catch((error: unknown) =>
        this.options.logger.error({ err: error, stream: stream.id }, 'what was earlier today is not added'),
      );
    });
  }

  /** Stops a stream and hands over what was still open. */
  close(id: string): Promise<void> {
    return this.inTurn(id, () => this.end(id));
  }

  private inTurn(id: string, change: () => Promise<void>): Promise<void> {
    const turn = (this.turns.get(id) ?? Promise.resolve()).then(change);
    const settled = turn
      .catch(() => undefined)
      .finally(() => {
        if (this.turns.get(id) === settled) this.turns.delete(id);
      });
    this.turns.set(id, settled);
    return turn;
  }

  /** When today's smiles of a stream's visitors were held, epoch ms. */
  heldSmiles(id: string): readonly number[] {
    return this.runtimes.get(id)?.heldSmiles(this.options.clock.now()) ?? [];
  }

  /** To be called before the first frame of these streams. */
  private async pastOf(streams: readonly StreamConfig[]) {
    const { past, passedToday } = this.options;
    const faces = streams.flatMap(({ id, role: given }) => {
      const role = FACE_ROLE_OF[given];
      return role === null ? [] : [{ id, role }];
    });
    const counters = streams.filter(({ role }) => role === COUNTER_ROLE).map(({ id }) => id);
    const [windows, passed] = await Promise.all([past?.(faces), passedToday?.(counters)]);
    return { windows, passed };
  }

  private async resume(opened: readonly StreamRuntime[], past: ReturnType<Monitor['pastOf']>): Promise<void> {
    const openedTs = this.options.clock.now();
    const { windows, passed } = await past;
    for (const runtime of opened) {
      const { id } = runtime.config;
      const before = passed?.get(id);
      if (before !== undefined) runtime.resumeDoor(before, openedTs);
      runtime.resume(windows?.get(id) ?? null, openedTs);
    }
  }

  /** Every counter today. */
  doors(): Omit<DoorEvent, 'seq'>[] {
    const ts = this.options.clock.now();
    return [...this.runtimes].flatMap(([streamId, runtime]) => {
      const counts = runtime.door(ts);
      return counts === null ? [] : [{ streamId, ts, ...counts }];
    });
  }

  /** The curves of the last quarter of an hour, from the first second with a sample on. */
  history(nowTs: number): MetricsHistory {
    const withFaces = [...this.runtimes].filter(([, { config }]) => config.role !== COUNTER_ROLE);
    const curves = withFaces.map(([id, runtime]) => [id, runtime.curve(nowTs)] as const);
    const seconds = curves[0]?.[1].map(({ second }) => second) ?? [];
    const first = seconds.findIndex((_, at) => curves.some(([, curve]) => (curve[at]?.samples ?? 0) > 0));
    const from = first === -1 ? seconds.length : first;
    return {
      // A window that ends with a second is known at its end.
      ts: seconds.slice(from).map((second) => (second + 1) * 1000),
      streams: Object.fromEntries(
        curves.map(([id, curve]) => [
          id,
          {
            samples: curve.slice(from).map(({ samples }) => samples),
            absolute: curve.slice(from).map(({ absolute }) => absolute),
          },
        ]),
      ),
    };
  }

  private begin(stream: StreamConfig): StreamRuntime {
    const { bus, config, inference, logger } = this.options;
    const camera = new Camera({ stream, logger });
    const streamLogger = logger.child({ stream: stream.id });
    const suggestedTurn = (): ReturnType<LiveInference['suggestedTurn']> => inference.suggestedTurn(stream.id);
    const runtime = new StreamRuntime(stream, camera, this.figuresOf(stream), streamLogger, suggestedTurn);
    this.runtimes.set(stream.id, runtime);
    camera.onState(() => bus.tell('status', runtime.status()));
    try {
      inference.openStream(inferenceOptionsOf(config, stream));
    } catch (error) {
      camera.fail(error);
      return runtime;
    }
    camera.onFrame((frame) => {
      runtime.submitted(frame);
      inference.submit(frame);
    });
    if (stream.enabled) camera.start();
    return runtime;
  }

  private figuresOf(stream: StreamConfig): StreamFigures {
    const { clock, config, localTime, sink } = this.options;
    const door = doorOf(stream, { siteId: config.site.id, localTime, clock });
    if (door !== null) return { faces: null, door };
    const faces = new StreamNumbers(stream, config.metrics.threshold, localTime, (rows, insteadOf) =>
      sink.hold?.(rows, insteadOf),
    );
    return { faces, door: null };
  }

  private async end(id: string): Promise<void> {
    const runtime = this.runtimes.get(id);
    if (runtime === undefined) return;
    await runtime.camera.stop();
    this.options.inference.closeStream(id);
    this.runtimes.delete(id);
    for (const numbers of runtime.settle()) this.options.sink.numbers(numbers);
    this.options.sink.ended(runtime.finish());
    this.options.sink.counted(runtime.settleDoor(null));
  }

  private onResult(result: FrameResult): void {
    const runtime = this.runtimes.get(result.streamId);
    if (runtime === undefined) return;
    if (result.bodies !== undefined) {
      this.options.sink.counted(runtime.counted(result));
      return;
    }
    const frame = sampled(result);
    for (const numbers of runtime.analysed(frame)) this.options.sink.numbers(numbers);
    const showSellers = sellerAnalyticsOf(this.options.config.privacy) === 'on';
    const faces = frame.samples.filter(({ role }) => showSellers || role !== 'seller');
    this.options.bus.tell('faces', { streamId: result.streamId, ts: result.ts, faces: faces.map(liveFace) });
  }

  private tick(): void {
    const { bus, clock, config } = this.options;
    const ts = clock.now();
    for (const runtime of this.runtimes.values()) {
      for (const numbers of runtime.settleIdle()) this.options.sink.numbers(numbers);
      this.options.sink.counted(runtime.settleDoor(ts));
      if (runtime.judge()) bus.tell('status', runtime.status());
    }
    for (const event of this.news.of(this.doors())) bus.tell('door', event);
    const withFaces = [...this.runtimes].flatMap(([id, runtime]) => {
      const windows = runtime.windows(ts);
      return windows === null ? [] : [[id, runtime, windows] as const];
    });
    const streams = Object.fromEntries(withFaces.map(([id, , windows]) => [id, windows]));
    const smiles = Object.fromEntries(withFaces.map(([id, runtime]) => [id, runtime.heldSmiles(ts).length]));
    const catchingUp = withFaces.filter(([, runtime]) => !runtime.knowsPast).map(([id]) => id);
    const figures = { ts, threshold: config.metrics.threshold, streams, smiles };
    const event = catchingUp.length === 0 ? figures : { ...figures, catchingUp };
    bus.tell('metrics', event, this.options.released?.() ?? null);
  }
}
