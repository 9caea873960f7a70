import type { CameraFault } from './camera-fault.js';
import type { RunningSource, SourceEnd } from './frame-source.js';

/** An end that no decoder came to. */
export const endOf = ({ reason, message }: Pick<CameraFault, 'reason' | 'message'>): SourceEnd => ({
  ...{ reason, detail: message, exitCode: null, signal: null, lines: [] },
});

/** The end of a source that was stopped before its decoder was started. */
export const STOPPED: SourceEnd = endOf({ reason: 'ended', message: 'The source came to its end.' });

/** A source that starts once something else is ready: what was asked of it until then is remembered. */
export class LateStart {
  private inner: RunningSource | null = null;
  private paused = false;
  private stopped = false;

  pause(): void {
    this.paused = true;
    this.inner?.pause();
  }

  resume(): void {
    this.paused = false;
    this.inner?.resume();
  }

  /** Ends the source where it has started; otherwise it must not be started any more. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.inner?.stop();
  }

  // A call, since the compiler believes that a property checked before an await stays as it was.
  isStopped(): boolean {
    return this.stopped;
  }

  /** From now on this is the source. */
  begin(inner: RunningSource): RunningSource {
    this.inner = inner;
    if (this.paused) inner.pause();
    return inner;
  }

  /** Ends the source for a fault that was found beside it. */
  breakOff(): void {
    void this.inner?.stop();
  }

  /** What the source ended with, or the fault that was found beside it and is its cause. */
  endWith(end: SourceEnd, fault: CameraFault | null): SourceEnd {
    return fault === null || this.stopped ? end : { ...end, ...endOf(fault), lines: end.lines };
  }
}
