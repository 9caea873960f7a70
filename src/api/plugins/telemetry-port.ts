import type { Telemetry } from '../../contracts/service/telemetry.js';

/** The counters of the service. */
export interface TelemetryPort {
  telemetry(): Promise<Telemetry>;
}
