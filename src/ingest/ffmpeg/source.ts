import type { ChildProcess } from 'node:child_process';
import type { EventEmitter } from 'node:events';
import type { Readable } from 'node:stream';
import { hiderOf } from '../../runtime/address/hide-address.js';
import type { Picture, RunningSource, SourceEnd, SourceRequest, SourceSink, StartSource } from '../frame-source.js';
import { overGuardedPush } from '../push/pushed-source.js';
import { overCheckedTls } from '../tls/relayed-source.js';
import { classifyEnd } from './classify.js';
import { ffmpegArguments, ffmpegStdin } from './command.js';
import { decoderLimits, startDecoder, type DecoderLimits } from './decoder-process.js';
import { LogLines } from './log-lines.js';
import { endedSource, neverStarted } from './not-started.js';
import { PacketReader } from './packet-reader.js';
import { PictureReader, type RawPicture } from './picture-reader.js';
import { TimingReader } from './timing-reader.js';
import { ToneMapped } from './tone-mapped.js';

/** Time between asking ffmpeg to end and killing it. */
const TERM_GRACE_MS = 1000;
/** Time for the pipes of a decoder that is gone to run dry. */
const DRAIN_MS = 1000;
const MAX_PIXELS = 8192 * 4608;
/** Pictures that may wait for their time before they go without. */
const MAX_UNTIMED = 4;

type ExitOf = readonly [exitCode: number | null, signal: NodeJS.Signals | null];
type Waiting = RawPicture & { readonly arrivedMs: number };

class FfmpegSource implements RunningSource {
  readonly ended: Promise<SourceEnd>;
  private readonly child: ChildProcess;
  private readonly output: Readable;
  /** The decoder has ended and all it said has been read. */
  private readonly gone: Promise<ExitOf>;
  private readonly log: LogLines;
  private readonly untimed: Waiting[] = [];
  private readonly times: (number | null)[] = [];
  private readonly reader = new PictureReader(MAX_PIXELS, (picture) => this.addPicture(picture));
  private pictures = 0;
  private stopping = false;
  private fault: Error | null = null;
  private readonly startedMs = performance.now();

  constructor(
    request: SourceRequest,
    private readonly sink: SourceSink,
    command: string,
    limits: DecoderLimits,
  ) {
    this.log = new LogLines(
      hiderOf(request.spec.input),
      (info) => sink.onInfo(info),
      () => this.deliver(() => sink.onHighRange?.()),
    );
    const { child, pictures } = startDecoder(
      command,
      ffmpegArguments(request),
      limits,
      request.feed ?? ffmpegStdin(request),
      (bytes) => this.readPictures(bytes),
    );
    this.child = child;
    this.output = pictures;
    this.gone = Promise.all([closeOf<ExitOf>(child), closeOf(pictures)]).then(([exit]) => exit);
    this.ended = this.follow(request.socketTimeoutMs);
    this.readLog();
    const timing = new TimingReader(
      (ptsMs) => this.addTime(ptsMs),
      () => this.deliver(() => sink.onFormatChange()),
    );
    const timingPipe = this.child.stdio[3] as Readable;
    timingPipe.setEncoding('latin1').on('data', (text: string) => timing.push(text));
    const tell = (key: boolean): void => this.deliver(() => sink.onPacket?.(key));
    const packets = new PacketReader(tell);
    const packetPipe = this.child.stdio[4] as Readable;
    if (request.packets === 'bare') packetPipe.on('data', () => tell(false));
    else packetPipe.setEncoding('latin1').on('data', (text: string) => packets.push(text));
  }

  pause(): void {
    this.output.pause();
  }

  resume(): void {
    this.output.resume();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.kill();
    await this.ended;
  }

  private readPictures(bytes: Buffer): void {
    if (this.stopping || this.fault !== null) return;
    try {
      this.reader.push(bytes);
    } catch (error) {
      this.fault = error instanceof Error ? error : new Error(String(error));
      this.kill();
    }
  }

  private readLog(): void {
    const stderr = this.child.stderr;
    stderr?.on('data', (chunk: Buffer) => {
      const restMs = this.log.push(chunk);
      // ffmpeg itself would go on, leaving out the pictures it has no room for.
      if (this.log.outOfMemory) this.kill();
      if (restMs === 0 || this.stopping) return;
      stderr.pause();
      setTimeout(() => stderr.resume(), restMs).unref();
    });
  }

  private addPicture(picture: RawPicture): void {
    this.untimed.push({ ...picture, arrivedMs: performance.now() });
    this.pair();
  }

  private addTime(ptsMs: number | null): void {
    this.times.push(ptsMs);
    this.pair();
  }

  private pair(): void {
    while (this.untimed.length > 0 && (this.times.length > 0 || this.untimed.length > MAX_UNTIMED)) {
      const picture = this.untimed.shift();
      const ptsMs = this.times.shift() ?? null;
      if (picture !== undefined) this.deliver(() => this.hand({ ...picture, ptsMs }));
    }
  }

  private hand(picture: Picture): void {
    this.pictures += 1;
    this.sink.onPicture(picture);
  }

  private deliver(act: () => void): void {
    if (!this.stopping) act();
  }

  private kill(): void {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill('SIGTERM');
    // A stopped or wedged process never sees SIGTERM; nothing of value is in it.
    const timer = setTimeout(() => this.child.kill('SIGKILL'), TERM_GRACE_MS);
    this.child.once('exit', () => clearTimeout(timer));
    // Unblocks an ffmpeg that waits for us to read.
    this.output.resume();
    this.child.stderr?.resume();
  }

  private drainSoon(): void {
    const timer = setTimeout(() => {
      for (const stream of [this.output, ...this.child.stdio]) stream?.destroy();
    }, DRAIN_MS);
    void this.gone.then(() => clearTimeout(timer));
  }

  private follow(socketTimeoutMs: number): Promise<SourceEnd> {
    return new Promise((resolve) => {
      this.child.once('error', (error: NodeJS.ErrnoException) => {
        if (this.child.pid !== undefined) return;
        resolve(neverStarted(error));
      });
      // Whatever else holds a pipe open must not keep us waiting; a paused reader has not drained its own yet.
      this.child.once('exit', () => {
        if (this.stopping || !this.output.isPaused()) this.drainSoon();
      });
      void this.gone.then(([exitCode, signal]) => {
        const lines = this.log.last();
        const end = { exitCode, signal, lines };
        const { pictures, stopping: stopped } = this;
        const waitedOut = performance.now() - this.startedMs >= socketTimeoutMs;
        if (this.fault === null) resolve({ ...end, ...classifyEnd({ ...end, pictures, stopped, waitedOut }) });
        else resolve({ ...end, reason: 'corrupt', detail: `Decoding was given up: ${this.fault.message}.` });
      });
    });
  }
}

/** What an emitter says with its `close`. */
const closeOf = <Values extends readonly unknown[]>(emitter: EventEmitter): Promise<Values> =>
  new Promise((resolve) => emitter.once('close', (...values) => resolve(values as unknown as Values)));

/** A frame source that runs `command` (ffmpeg 5.1 or later) as a child process without a shell. */
export const ffmpegSource = (command = 'ffmpeg', limits?: DecoderLimits): StartSource =>
  overGuardedPush(
    overCheckedTls(
      (request, sink) =>
        new ToneMapped(
          (wanted, to) => {
            try {
              return new FfmpegSource(wanted, to, command, limits ?? decoderLimits(wanted.decode));
            } catch (error) {
              return endedSource(neverStarted(error as NodeJS.ErrnoException));
            }
          },
          request,
          sink,
        ),
    ),
  );
