import type { Config } from '../config/schema.js';
import type { Clock } from '../runtime/clock.js';
import type { LocalTime } from '../time/local-time.js';
import type { ReportReader } from '../store/ports/report-reader.js';

/** What reports are made from. */
export interface ReportSources {
  readonly store: ReportReader;
  /** The configuration of this moment: names and order of streams. */
  readonly config: () => Config;
  readonly localTime: LocalTime;
  readonly clock: Clock;
  /** Aborts when who asked has gone. */
  readonly signal?: AbortSignal | undefined;
}

/** The same for one who may go away. */
export const askedBy = (sources: ReportSources, signal: AbortSignal): ReportSources => ({
  ...sources,
  store: sources.store.askedBy(signal),
  signal,
});
