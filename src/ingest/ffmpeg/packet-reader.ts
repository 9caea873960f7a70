const LONGEST_LINE = 4096;
const KEY_FLAG = 1;

/**
 * Reads the lines that ffmpeg's `framecrc` writer makes of every piece of video that arrives:
 * `stream, dts, pts, duration, size, checksum[, F=flags]`, where no flags mean a key picture.
 */
export class PacketReader {
  private partial = '';

  constructor(private readonly onPacket: (key: boolean) => void) {}

  /** Takes the next characters; lines about the stream as a whole are skipped. */
  push(text: string): void {
    const lines = (this.partial + text).split('\n');
    this.partial = (lines.pop() ?? '').slice(0, LONGEST_LINE);
    for (const line of lines) this.readLine(line);
  }

  private readLine(line: string): void {
    if (!/^\d+,/.test(line)) return;
    const flags = /, F=0x([\dA-Fa-f]+)/.exec(line)?.[1];
    this.onPacket(flags === undefined || (Number.parseInt(flags, 16) & KEY_FLAG) !== 0);
  }
}
