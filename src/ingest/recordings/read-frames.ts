import type { Frame } from '../../contracts/frame.js';
import { CameraFault } from '../camera-fault.js';
import { ffmpegSource } from '../ffmpeg/source.js';
import type { Picture, SourceEnd, StartSource } from '../frame-source.js';
import { RecordedTimeline } from './recorded-timeline.js';
import { parseSourceUrl } from '../source-url.js';

export interface ReadFramesOptions {
  readonly streamId: string;
  readonly url: string;
  /** Frames per second of presentation time. */
  readonly fps: number;
  readonly maxWidth: number;
  /** Epoch ms of the source's first instant. */
  readonly startTs: number;
  readonly signal?: AbortSignal;
  readonly startSource?: StartSource;
  /** Give a decoder up that brings no picture for this long; default: a minute, or longer on a coarse grid. */
  readonly patienceMs?: number;
}

/** Pictures decoded ahead of the consumer before the decoder has to wait. */
const MAX_AHEAD = 2;
const SOCKET_TIMEOUT_MS = 15_000;
/** A decoder at work on a recording brings a picture within this time, or within this many grid steps. */
const PATIENCE_MS = 60_000;
const PATIENCE_STEPS = 20;

/**
 * Every picture of a recording on the 1/fps grid, as fast as the consumer takes them; none is dropped. `ts` is
 * `startTs` + presentation time; where presentation time repeats or goes back, it goes on one grid step after the
 * picture before. Throws CameraFault when the source cannot be read; ends quietly when `signal` aborts.
 */
export async function* readFrames(options: ReadFramesOptions): AsyncGenerator<Frame> {
  const queue = new PictureQueue(options);
  const abort = (): void => void queue.stop();
  options.signal?.addEventListener('abort', abort, { once: true });
  const timeline = new RecordedTimeline(options.startTs, 1000 / options.fps);
  let seq = 0;
  try {
    if (options.signal?.aborted === true) abort();
    while (!queue.isStopped()) {
      const next = await queue.next();
      if (queue.isStopped()) return;
      if ('reason' in next) {
        throwUnlessDone(next, seq);
        return;
      }
      seq += 1;
      const { data, width, height, arrivedMs, ptsMs } = next;
      yield { streamId: options.streamId, seq, ts: timeline.next(ptsMs), arrivedMs, width, height, data };
    }
  } finally {
    options.signal?.removeEventListener('abort', abort);
    await queue.stop();
  }
}

/** Damage at the end of a recording does not take back what was read before it. */
const throwUnlessDone = (end: SourceEnd, frames: number): void => {
  if (end.reason === 'ended' || (frames > 0 && end.reason === 'corrupt')) return;
  throw new CameraFault(end.reason, end.detail, { details: { lines: end.lines } });
};

/** Pictures of a running source, at most a few ahead of the reader. */
class PictureQueue {
  private readonly pictures: Picture[] = [];
  private readonly source: ReturnType<StartSource>;
  private readonly patienceMs: number;
  private stopped = false;
  private gaveUp = false;
  private end: SourceEnd | null = null;
  private wake: () => void = () => undefined;

  constructor(options: ReadFramesOptions) {
    const start = options.startSource ?? ffmpegSource();
    this.source = start(
      {
        spec: parseSourceUrl(options.url),
        fps: options.fps,
        maxWidthPx: options.maxWidth,
        transport: 'tcp',
        decode: 'software',
        pace: 'offline',
        loop: false,
        socketTimeoutMs: SOCKET_TIMEOUT_MS,
      },
      { onInfo: () => undefined, onFormatChange: () => undefined, onPicture: (picture) => this.add(picture) },
    );
    this.patienceMs = options.patienceMs ?? Math.max(PATIENCE_MS, PATIENCE_STEPS * (1000 / options.fps));
    void this.source.ended.then((end) => {
      this.end = this.gaveUp ? { ...end, reason: 'timeout', detail: 'The decoder brings no picture.' } : end;
      this.wake();
    });
  }

  /** The next picture, or how the source ended. */
  async next(): Promise<Picture | SourceEnd> {
    for (;;) {
      const picture = this.pictures.shift();
      if (picture !== undefined) {
        if (this.pictures.length < MAX_AHEAD) this.source.resume();
        return picture;
      }
      if (this.end !== null) return this.end;
      await this.news();
    }
  }

  isStopped(): boolean {
    return this.stopped;
  }

  stop(): Promise<void> {
    this.stopped = true;
    return this.source.stop();
  }

  /** Resolves at the next picture or end; a decoder that brings neither for too long is stopped. */
  private async news(): Promise<void> {
    const timer = setTimeout(() => {
      this.gaveUp = true;
      void this.source.stop();
    }, this.patienceMs);
    await new Promise<void>((resolve) => (this.wake = resolve));
    clearTimeout(timer);
  }

  private add(picture: Picture): void {
    this.pictures.push(picture);
    if (this.pictures.length >= MAX_AHEAD) this.source.pause();
    this.wake();
  }
}
