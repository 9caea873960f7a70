import type { EngineInfo } from '../../contracts/service/models.js';

/** The service about itself. */
export interface SystemPort {
  engine(): EngineInfo;
  /** The last lines of the log, oldest first, redacted; empty where none are kept. */
  recentLog(): readonly string[];
}
