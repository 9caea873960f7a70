import type { ReportsPort } from '../../api/reports/reports-port.js';
import { makeReport } from '../../reporting/make-report.js';
import { reportFileName } from '../../reporting/rendering/file-name.js';
import type { ReportRenderer } from '../../reporting/rendering/report-renderer.js';
import { reportOf } from '../../reporting/report-of.js';
import { askedBy, type ReportSources } from '../../reporting/report-sources.js';
import type { Report } from '../../reporting/report.js';

/** The reports of a registry, made from what is kept and rendered beside the event loop. */
export const createReportsPort = (
  reports: readonly Report[],
  sources: ReportSources,
  renderer: ReportRenderer,
): ReportsPort => ({
  offers: reports,
  make: (kind, query, asker, signal) => makeReport(reportOf(reports, kind), query, asker, askedBy(sources, signal)),
  render: async ({ kind, model }, format, language, signal) => {
    const { contentType, extension, body } = await renderer.render({ kind, model, format, language }, signal);
    const fileName = reportFileName(reportOf(reports, kind), model, extension);
    return { contentType, fileName, body: typeof body === 'string' ? Buffer.from(body) : body };
  },
});
