import type { DestinationStream } from 'pino';

const MAX_LINES = 500;
const MAX_LINE_CHARS = 4000;

/** The last lines of a log, for support and diagnosis; drop policy: the oldest go. */
export class RecentLines {
  private lines: string[] = [];

  /** A sink that remembers what it passes on. */
  into(sink: DestinationStream): DestinationStream {
    return {
      write: (line: string) => {
        // The audit log is kept in files of its own, and what is remembered here goes into support bundles.
        if (!line.includes('"stage":"audit"')) this.lines.push(line.trimEnd().slice(0, MAX_LINE_CHARS));
        if (this.lines.length > 2 * MAX_LINES) this.lines = this.lines.slice(-MAX_LINES);
        sink.write(line);
      },
    };
  }

  /** Oldest first. */
  all(): readonly string[] {
    return this.lines.slice(-MAX_LINES);
  }
}
