import type { ProbeResult } from '../../contracts/stream.js';
import { redact } from '../../runtime/redact.js';

const KEPT_LINES = 100;
const LONGEST_LINE = 500;
/** A line is hidden from before it is cut, so that no half of a secret stays. */
const LONGEST_READ = 4000;
/** Beyond this many bytes a second the rest is thrown away unread. */
const BYTES_PER_SECOND = 128 * 1024;
/** Beyond this many bytes a second not even throwing away is free: the writer has to wait. */
const FLOOD_BYTES_PER_SECOND = 4 * 1024 * 1024;

const OUT_OF_MEMORY = /Cannot allocate memory|Failed to allocate/;
const VIDEO = /Stream #0:\d+.*: Video: (\w+)/;
/** What we make ffmpeg write; its size is the source's first picture's, where the source did not say. */
const OUTPUT_CODEC = 'ppm';
/** PQ and HLG, the transfers of high dynamic range. */
const HIGH_RANGE = /\b(?:smpte2084|arib-std-b67)\b/;
const SIZE = /, (\d{2,5})x(\d{2,5})\b/;
const RATE = /, ([\d.]+)(k?) fps\b/;

/** ffmpeg's stderr: the last 100 lines without secrets, and what it says about the video it opened. */
export class LogLines {
  private readonly kept: string[] = [];
  private partial = '';
  private windowStartMs = Number.NEGATIVE_INFINITY;
  private windowBytes = 0;
  private skippedBytes = 0;
  private codec: string | null = null;
  private sourceFps: number | null = null;
  private informed = false;
  private exhausted = false;

  constructor(
    private readonly hide: (line: string) => string,
    private readonly onInfo: (info: ProbeResult) => void,
    private readonly onHighRange: () => void = () => undefined,
    private readonly monotonic: () => number = () => performance.now(),
  ) {}

  /** Takes the next bytes; answers for how many ms the writer should be made to wait (0: not at all). */
  push(chunk: Buffer): number {
    const now = this.monotonic();
    if (now - this.windowStartMs >= 1000) {
      this.windowStartMs = now;
      this.windowBytes = 0;
    }
    this.windowBytes += chunk.length;
    if (this.windowBytes > BYTES_PER_SECOND) {
      this.skippedBytes += chunk.length;
      return this.windowBytes > FLOOD_BYTES_PER_SECOND ? this.windowStartMs + 1000 - now : 0;
    }
    const lines = (this.partial + chunk.toString('utf8')).split(/[\r\n]+/);
    this.partial = (lines.pop() ?? '').slice(0, LONGEST_READ);
    for (const line of lines) this.addLine(line);
    return 0;
  }

  /** Whether ffmpeg has asked for more memory than it may have. */
  get outOfMemory(): boolean {
    return this.exhausted;
  }

  /** The kept lines, oldest first, and a remark when some were thrown away. */
  last(): readonly string[] {
    const lines = this.partial === '' ? this.kept : [...this.kept, this.safe(this.partial)];
    return this.skippedBytes === 0 ? [...lines] : [...lines, `(${this.skippedBytes} bytes of log not kept)`];
  }

  private addLine(line: string): void {
    if (line.trim() === '') return;
    this.kept.push(this.safe(line));
    if (this.kept.length > KEPT_LINES) this.kept.shift();
    this.exhausted ||= OUT_OF_MEMORY.test(line);
    this.readInfo(line);
  }

  private safe(line: string): string {
    return this.hide(redact(line.slice(0, LONGEST_READ))).slice(0, LONGEST_LINE);
  }

  private readInfo(line: string): void {
    const name = this.informed ? undefined : VIDEO.exec(line)?.[1];
    if (name === undefined) return;
    if (name !== OUTPUT_CODEC) {
      if (HIGH_RANGE.test(line)) this.onHighRange();
      this.codec ??= name;
      const rate = RATE.exec(line);
      this.sourceFps ??= rate === null ? null : Number(rate[1]) * (rate[2] === 'k' ? 1000 : 1);
    }
    const size = SIZE.exec(line);
    if (this.codec === null || size === null) return;
    this.informed = true;
    this.onInfo({ codec: this.codec, width: Number(size[1]), height: Number(size[2]), sourceFps: this.sourceFps });
  }
}
