import type { ServiceCheck } from '../../contracts/service/service-check.js';

/** Whether work may be taken. */
export interface HealthPort {
  /** Keys: `models`, `store` and whatever else must hold before work is taken. */
  readiness(): Promise<Readonly<Record<string, ServiceCheck>>>;
}
