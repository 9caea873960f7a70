const LINE = /^frame:(\d+)\s+pts:\S+\s+pts_time:(\S+)/;
const LONGEST_LINE = 4096;

/** Reads the lines that ffmpeg's `metadata=print` filter writes per picture: `frame:<n> pts:<ticks> pts_time:<seconds>`. */
export class TimingReader {
  private partial = '';
  private started = false;

  constructor(
    private readonly onTime: (ptsMs: number | null) => void,
    /** The filter graph was rebuilt, so its counter began again. */
    private readonly onRestart: () => void,
  ) {}

  /** Takes the next characters; lines that are not timing are skipped. */
  push(text: string): void {
    const lines = (this.partial + text).split('\n');
    this.partial = (lines.pop() ?? '').slice(0, LONGEST_LINE);
    for (const line of lines) this.readLine(line);
  }

  private readLine(line: string): void {
    const match = LINE.exec(line);
    if (match === null) return;
    if (match[1] === '0' && this.started) this.onRestart();
    this.started = true;
    const seconds = Number(match[2]);
    this.onTime(Number.isFinite(seconds) ? seconds * 1000 : null);
  }
}
