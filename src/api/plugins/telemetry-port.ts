import type { Telemetry } from '../../contracts/telemetry.js';

/** The counters of the service. */
export interface TelemetryPort {
  telemetry(): Promise<Telemetry>;
}
