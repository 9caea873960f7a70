import type { FiguresPort } from '../../api/reports/figures-port.js';
import { shiftSummaries } from '../../reporting/contacts/shifts.js';
import { policyOf } from '../../reporting/make-report.js';
import { seriesFromStore } from '../../reporting/me1/series.js';
import { askedBy, type ReportSources } from '../../reporting/report-sources.js';

/** Chart points and shifts of past periods, as far as they may be shown. */
export const createFiguresPort = (sources: ReportSources): FiguresPort => ({
  series: async (request, signal) =>
    policyOf(sources).series(await seriesFromStore(askedBy(sources, signal), request), request.bucketMs),
  shifts: async (period, signal) => {
    policyOf(sources).assertSellers();
    return await shiftSummaries(askedBy(sources, signal), period);
  },
});
