import type { RunningSource, SourceEnd, SourceRequest, SourceSink, StartSource } from '../frame-source.js';

/** How ffmpeg says that it was built without the filters of tone mapping. */
const NO_FILTER = /No such filter: '(?:zscale|tonemap)'/;

/**
 * A source whose range is known only once it is open: where it is high, it is opened again with its tones mapped.
 * An ffmpeg without these filters shows it as it is.
 */
export class ToneMapped implements RunningSource {
  readonly ended: Promise<SourceEnd>;
  private run: RunningSource;
  private high = false;
  private pictures = 0;
  private paused = false;
  private stopped = false;

  constructor(
    private readonly start: StartSource,
    private readonly request: SourceRequest,
    private readonly sink: SourceSink,
  ) {
    this.run = this.open(request, true);
    this.ended = this.follow();
  }

  pause(): void {
    this.paused = true;
    this.run.pause();
  }

  resume(): void {
    this.paused = false;
    this.run.resume();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.run.stop();
    await this.ended;
  }

  private open(request: SourceRequest, mayBeHigh: boolean): RunningSource {
    const { sink } = this;
    return this.start(request, {
      ...sink,
      onInfo: (info) => sink.onInfo(info),
      onPacket: (key) => sink.onPacket?.(key),
      onFormatChange: () => sink.onFormatChange(),
      onHighRange: () => {
        if (!mayBeHigh || this.pictures > 0) return;
        this.high = true;
        void this.run.stop();
      },
      onPicture: (picture) => {
        this.pictures += 1;
        sink.onPicture(picture);
      },
    });
  }

  private async follow(): Promise<SourceEnd> {
    const end = await this.run.ended;
    if (!this.high || this.stopped) return end;
    const mapped = await this.again({ ...this.request, toneMap: true });
    const unable = this.pictures === 0 && mapped.lines.some((line) => NO_FILTER.test(line));
    return unable && !this.wasStopped() ? this.again(this.request) : mapped;
  }

  private again(request: SourceRequest): Promise<SourceEnd> {
    this.run = this.open(request, false);
    if (this.paused) this.run.pause();
    return this.run.ended;
  }

  // A call, since the compiler believes that a property checked before an await stays as it was.
  private wasStopped(): boolean {
    return this.stopped;
  }
}
