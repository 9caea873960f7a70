import type { ExportPort } from '../../api/reports/export-port.js';
import { ROLES } from '../../contracts/role.js';
import { sellerAnalyticsOf } from '../../config/seller-analytics.js';
import { checkPeriod } from '../../metrics/faces/me1/me1-params.js';
import { EmoscopeError } from '../../runtime/errors.js';
import type { ReportSources } from '../../reporting/report-sources.js';

/** Raw samples as a file: no minors, no small groups, and sellers only where the law lets them be shown one by one. */
export const createExportPort = ({ store, config }: ReportSources): ExportPort => ({
  samples: async ({ fromTs, toTs, streams, format }, signal) => {
    const { privacy } = config();
    const roles = ROLES.filter((role) => role !== 'seller' || sellerAnalyticsOf(privacy) === 'on');
    const { minorsAge, kAnonymity } = privacy;
    checkPeriod({ fromTs, toTs });
    const visitors = await store.tracks({ fromTs, toTs, streams, roles, limit: kAnonymity });
    if (visitors.length < kAnonymity) {
      throw new EmoscopeError('PRIVACY_REFUSED', {
        ru: `В периоде меньше ${kAnonymity} посетителей.`,
        en: `The period rests on fewer than ${kAnonymity} visitors.`,
      });
    }
    const file = await store.exportSamples({ fromTs, toTs, streams, roles, format, minorsAge, kAnonymity, signal });
    return file.stream;
  },
});
