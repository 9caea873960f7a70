import { CameraFault } from '../camera-fault.js';
import type { RunningSource, SourceEnd, SourceRequest, SourceSink, StartSource } from '../frame-source.js';
import { needsRelay, openTlsRelay, type TlsRelay } from './relay.js';

const endOf = ({ reason, message }: Pick<CameraFault, 'reason' | 'message'>): SourceEnd => ({
  ...{ reason, detail: message, exitCode: null, signal: null, lines: [] },
});

/** A source behind a relay that checks its certificate. */
class RelayedSource implements RunningSource {
  readonly ended: Promise<SourceEnd>;
  private inner: RunningSource | null = null;
  private paused = false;
  private stopped = false;

  constructor(
    private readonly start: StartSource,
    private readonly request: SourceRequest,
    private readonly sink: SourceSink,
  ) {
    this.ended = this.run();
  }

  pause(): void {
    this.paused = true;
    this.inner?.pause();
  }

  resume(): void {
    this.paused = false;
    this.inner?.resume();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.inner?.stop();
    await this.ended;
  }

  // A call, since the compiler believes that a property checked before an await stays as it was.
  private isStopped(): boolean {
    return this.stopped;
  }

  private async run(): Promise<SourceEnd> {
    const { spec, certificate = 'verify' } = this.request;
    let relay: TlsRelay | null = null;
    try {
      relay = await openTlsRelay(spec, certificate, (seen) => {
        if (!this.stopped) this.sink.onCertificate?.(seen);
      });
      if (this.isStopped()) return endOf({ reason: 'ended', message: 'The source came to its end.' });
      this.inner = this.start({ ...this.request, spec: relay.spec }, this.sink);
      if (this.paused) this.inner.pause();
      const end = await this.inner.ended;
      return relay.fault === null || this.isStopped() ? end : { ...end, ...endOf(relay.fault), lines: end.lines };
    } catch (error) {
      return endOf(
        error instanceof CameraFault ? error : new CameraFault('internal', 'No door to the source could be opened.'),
      );
    } finally {
      relay?.close();
    }
  }
}

/** Gives sources with TLS to the decoder through a relay, and all others as they are. */
export const overCheckedTls =
  (start: StartSource): StartSource =>
  (request, sink) =>
    needsRelay(request.spec) ? new RelayedSource(start, request, sink) : start(request, sink);
