import { CameraFault } from '../camera-fault.js';
import type { RunningSource, SourceEnd, SourceRequest, SourceSink, StartSource } from '../frame-source.js';
import { endOf, LateStart, STOPPED } from '../late-start.js';
import { needsRelay, openTlsRelay, type TlsRelay } from './relay.js';

/** A source behind a relay that checks its certificate. */
class RelayedSource implements RunningSource {
  readonly ended: Promise<SourceEnd>;
  private readonly late = new LateStart();

  constructor(
    private readonly start: StartSource,
    private readonly request: SourceRequest,
    private readonly sink: SourceSink,
  ) {
    this.ended = this.run();
  }

  pause(): void {
    this.late.pause();
  }

  resume(): void {
    this.late.resume();
  }

  async stop(): Promise<void> {
    await this.late.stop();
    await this.ended;
  }

  private async run(): Promise<SourceEnd> {
    const { spec, certificate = 'verify' } = this.request;
    let relay: TlsRelay | null = null;
    try {
      relay = await openTlsRelay(spec, certificate, (seen) => {
        if (!this.late.isStopped()) this.sink.onCertificate?.(seen);
      });
      if (this.late.isStopped()) return STOPPED;
      const end = await this.late.begin(this.start({ ...this.request, spec: relay.spec }, this.sink)).ended;
      return this.late.endWith(end, relay.fault);
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
