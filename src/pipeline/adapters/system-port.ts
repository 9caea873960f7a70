import type { SystemPort } from '../../api/routes/system-port.js';
import type { InferenceService } from '../../inference/engine/service.js';
import type { RecentLines } from '../../runtime/recent-lines.js';

/** The service about itself: what runs, and what it logged last. */
export const createSystemPort = (inference: InferenceService, recent: RecentLines | null): SystemPort => ({
  engine: () => inference.info(),
  recentLog: () => recent?.all() ?? [],
});
