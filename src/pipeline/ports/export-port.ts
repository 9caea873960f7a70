import type { ExportPort } from '../../api/ports.js';
import { ROLES } from '../../contracts/role.js';
import { sellerAnalyticsOf } from '../../config/seller-analytics.js';
import type { ReportSources } from './period-reports.js';

/** Raw samples as a file: no minors, no small groups, and sellers only where the law lets them be shown one by one. */
export const createExportPort = ({ store, config }: ReportSources): ExportPort => ({
  samples: async ({ fromTs, toTs, streams, format }, signal) => {
    const { privacy } = config();
    const roles = ROLES.filter((role) => role !== 'seller' || sellerAnalyticsOf(privacy) === 'on');
    const { minorsAge, kAnonymity } = privacy;
    const file = await store.exportSamples({ fromTs, toTs, streams, roles, format, minorsAge, kAnonymity, signal });
    return file.stream;
  },
});
