import { randomUUID } from 'node:crypto';
import type { StreamConfig } from '../../config/schema.js';
import { FACE_ROLE_OF } from '../../contracts/role.js';
import type { TrackSummary } from '../../contracts/sample.js';
import type { PastWindows, StreamWindows } from '../../contracts/window.js';
import { FrameCounter } from '../../metrics/faces/frame-counter.js';
import { HeldFrames } from '../../metrics/faces/held-frames.js';
import { HeldSmiles } from '../../metrics/faces/live/held-smiles.js';
import { LongStays } from '../../metrics/faces/visitors/long-stays.js';
import { EmoscopeError } from '../../runtime/errors.js';
import type { LocalTime } from '../../time/local-time.js';
import { RollingWindows } from '../../metrics/faces/live/rolling-windows.js';
import type { SampledFrame } from '../../metrics/faces/sample.js';
import { TrackAccumulator } from '../../metrics/faces/track-accumulator.js';
import type { FrameNumbers, NumbersSink } from './numbers-sink.js';

/** A frame that waits, and the key under which it was handed out last. */
interface Handed {
  readonly frame: SampledFrame;
  readonly key: string;
}

/**
 * One stream's frame results turned into samples, counts, visitors and rolling figures; the same live and offline. Frames
 * with a face of which it is not known yet whether it lives wait for that; only the rolling figures show them at once.
 */
export class StreamNumbers {
  private readonly windows: RollingWindows;
  private readonly counter: FrameCounter;
  private readonly tracks = new TrackAccumulator();
  private readonly held = new HeldFrames();
  private readonly stays = new LongStays();
  private readonly smiles: HeldSmiles;

  /** What `hold` has of the frames that wait, oldest first. */
  private handed: Handed[] = [];
  private readonly run = randomUUID();
  private handedOut = 0;

  /** @param hold takes the rows of each frame that waits, and takes them again when a face in it turns out not to live. */
  constructor(
    { id, role: given, zones }: Pick<StreamConfig, 'id' | 'role' | 'zones'>,
    threshold: number,
    localTime: LocalTime,
    private readonly hold?: NumbersSink['hold'],
  ) {
    const role = FACE_ROLE_OF[given];
    if (role === null) throw new EmoscopeError('INTERNAL', 'A counter has no figures of faces.');
    this.windows = new RollingWindows({ threshold, localTime, role });
    this.counter = new FrameCounter({ id, role, zones });
    this.smiles = new HeldSmiles({ role, localTime });
  }

  /** Adds what was stored before the first frame, whenever it has been read; its day is that of `nowTs`. */
  resume(past: PastWindows, nowTs: number): void {
    this.windows.resume(past, nowTs);
    this.smiles.resume(past.heldSmiles, nowTs);
  }

  /** People in view who have stayed for more than half an hour. */
  get longStays(): number {
    return this.stays.count;
  }

  /** Takes one frame; gives the numbers of every frame that need not wait any more, in order. */
  add(result: SampledFrame): FrameNumbers[] {
    this.smiles.add(result);
    const settled = this.held.add(result).map((frame) => this.count(frame));
    this.handOut();
    return settled;
  }

  /** The numbers of the frames that wait, as when no more frames come. */
  settle(): FrameNumbers[] {
    return this.held.flush().map((frame) => this.count(frame));
  }

  /** Visitors who are in view when the stream stops; call after `settle`. */
  finish(): readonly TrackSummary[] {
    return this.tracks.flush();
  }

  snapshot(nowTs: number): StreamWindows {
    return this.windows.snapshot(
      nowTs,
      this.held.waiting.map((frame) => this.stays.leaveOut(frame)),
    );
  }

  /** The Smile-Index of the last 900 seconds, as samples and smiles. */
  curve(nowTs: number): ReturnType<RollingWindows['curve']> {
    return this.windows.curve(nowTs);
  }

  /** When today's smiles were held, epoch ms. */
  heldSmiles(nowTs: number): readonly number[] {
    return this.smiles.times(nowTs);
  }

  /** Hands out the frames that wait and are new or have lost a face since. */
  private handOut(): void {
    const { hold } = this;
    if (hold === undefined) return;
    const { waiting } = this.held;
    this.handed = waiting.map((frame, at) => {
      const before = this.handed[at];
      if (before?.frame === frame) return before;
      const shown = this.stays.leaveOut(frame);
      this.handedOut += 1;
      const key = `${this.run} ${this.handedOut}`;
      const frames = this.counter.rowsOf(shown, waiting[at - 1]?.ts ?? this.counter.previousTs);
      hold({ key, samples: shown.samples, frames }, before?.key);
      return { frame, key };
    });
  }

  private count(frame: SampledFrame): FrameNumbers {
    const handed = this.handed.shift();
    const result = this.stays.mark(frame);
    const { samples } = result;
    this.windows.add(result);
    this.tracks.add(samples);
    const counted = { frames: this.counter.countsOf(result), tracks: this.tracks.end(result.endedTracks) };
    return { result, samples, ...counted, ...(handed === undefined ? {} : { decided: handed.key }) };
  }
}
