import { CameraFault } from '../camera-fault.js';
import type { RunningSource, SourceEnd, SourceRequest, SourceSink, StartSource } from '../frame-source.js';
import { endOf, LateStart, STOPPED } from '../late-start.js';
import { SilenceWatch } from '../silence-watch.js';
import { assertGuarded, doorGuard, pushDoor, type DoorGuard } from './door.js';
import type { Door, DoorEvents, Publisher } from './publisher.js';
import { readPushAddress, type PushAddress, type PushScheme } from './push-address.js';
import { openRtmpDoor } from './rtmp-door.js';
import { openRtspDoor } from './rtsp-door.js';
import { openSrtDoor } from './srt-door.js';
import { openTcpDoor } from './tcp-door.js';
import { openUdpDoor } from './udp-door.js';

type OpenDoor = (address: PushAddress, guard: DoorGuard, events: DoorEvents) => Door | Promise<Door>;

const DOORS: Readonly<Record<PushScheme, OpenDoor>> = {
  rtmp: openRtmpDoor,
  rtsp: openRtspDoor,
  srt: openSrtDoor,
  tcp: openTcpDoor,
  udp: openUdpDoor,
};

/** Until the first bytes of somebody who was let in are a picture, ms. */
const FIRST_PICTURE_MS = 15_000;
/** A key picture may be so far off where video arrives, ms. */
const AWAITING_KEY_MS = 60_000;

/** A source that waits for its publisher, and lets in only those who are permitted. */
class PushedSource implements RunningSource {
  readonly ended: Promise<SourceEnd>;
  private readonly late = new LateStart();
  private door: Door | null = null;
  private readonly stopping: Promise<null>;
  private giveUp: () => void = () => undefined;
  /** Ends a publisher of whom no picture comes; null until they are in, and once there was one. */
  private watch: SilenceWatch | null = null;
  private pictures = 0;
  private packets = false;
  private fault: CameraFault | null = null;

  constructor(
    private readonly start: StartSource,
    private readonly request: SourceRequest,
    private readonly sink: SourceSink,
  ) {
    this.stopping = new Promise((resolve) => {
      this.giveUp = () => resolve(null);
    });
    this.ended = this.run();
  }

  pause(): void {
    this.late.pause();
  }

  resume(): void {
    this.late.resume();
  }

  async stop(): Promise<void> {
    const stopped = this.late.stop();
    this.giveUp();
    await stopped;
    await this.ended;
  }

  private async run(): Promise<SourceEnd> {
    try {
      const publisher = await this.awaitPublisher();
      if (publisher === null || this.late.isStopped()) return STOPPED;
      const { spec, feed } = publisher;
      const request = { ...this.request, spec, ...(feed === undefined ? {} : { feed }) };
      const inner = this.late.begin(this.start(request, this.watched()));
      publisher.join?.();
      return this.late.endWith(await inner.ended, this.fault);
    } catch (error) {
      return endOf(
        error instanceof CameraFault ? error : new CameraFault('internal', 'The port cannot be listened at.'),
      );
    } finally {
      this.watch?.close();
      this.door?.close();
    }
  }

  private async awaitPublisher(): Promise<Publisher | null> {
    const { spec, allow } = this.request;
    assertGuarded(pushDoor(spec, allow));
    const address = readPushAddress(spec.input);
    const door = await DOORS[address.scheme](address, doorGuard(address, allow), {
      onRefused: (from, why) => {
        if (!this.late.isStopped()) this.sink.onRefused?.(from, why);
      },
      onArrived: () => this.arrived(),
    });
    this.door = door;
    // Nobody waits for it once this was stopped.
    door.publisher.catch(() => undefined);
    return Promise.race([door.publisher, this.stopping]);
  }

  private arrived(): void {
    if (this.watch !== null || this.pictures > 0 || this.late.isStopped()) return;
    const { socketTimeoutMs } = this.request;
    const firstMs = Math.max(socketTimeoutMs, FIRST_PICTURE_MS);
    this.watch = new SilenceWatch(firstMs, Math.max(firstMs, AWAITING_KEY_MS), () => {
      this.fault = new CameraFault('timeout', 'Somebody pushes, but no picture comes of it.');
      this.late.breakOff();
    });
  }

  private watched(): SourceSink {
    const { sink } = this;
    return {
      ...sink,
      onInfo: (info) => sink.onInfo(info),
      onFormatChange: () => sink.onFormatChange(),
      onPacket: (key) => {
        // The longer limit holds from the first packet on, and later ones do not prolong it.
        if (this.pictures === 0 && !this.packets) this.watch?.touch();
        this.packets = true;
        sink.onPacket?.(key);
      },
      onPicture: (picture) => {
        this.pictures += 1;
        this.watch?.close();
        sink.onPicture(picture);
      },
    };
  }
}

/** Opens `listen:` addresses here, lets in permitted publishers, and gives the decoder what they send; all other sources as they are. */
export const overGuardedPush =
  (start: StartSource): StartSource =>
  (request, sink) =>
    request.spec.kind === 'listen' ? new PushedSource(start, request, sink) : start(request, sink);
