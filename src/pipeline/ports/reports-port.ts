import type { Rendered, ReportModel, ReportsPort } from '../../api/ports.js';
import type { Me1Params } from '../../contracts/me1.js';
import { chartBucketMs } from '../../runtime/chart-bucket.js';
import type { ReportRenderer } from '../../report/report-renderer.js';
import { contactsReport, shiftSummaries } from './contact-reports.js';
import { questionsReport } from './question-report.js';
import { visitorsReport } from './visitor-reports.js';
import { me1FromStore, seriesFromStore, type ReportSources } from './period-reports.js';

const isoDay = (ts: number, timeZone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone }).format(ts);

const periodOf = (report: ReportModel): { fromTs: number; toTs: number } =>
  report.kind === 'me1' ? report.model.params : report.model;

/** `me1_2026-11-01_2026-11-07.xlsx`: the kind, the first and the last day that the report covers. */
const fileNameOf = (report: ReportModel, extension: string): string => {
  const { fromTs, toTs } = periodOf(report);
  const { timeZone } = report.model;
  return `${report.kind}_${isoDay(fromTs, timeZone)}_${isoDay(toTs - 1, timeZone)}.${extension}`;
};

/** Rendering in a worker thread, so that a large document does not hold live frames up. */
const renderIn =
  (renderer: ReportRenderer): ReportsPort['render'] =>
  async (report, format, language): Promise<Rendered> => {
    const { contentType, extension, body } = await renderer.render({ report, format, lang: language });
    const bytes = typeof body === 'string' ? Buffer.from(body) : body;
    return { contentType, fileName: fileNameOf(report, extension), body: bytes };
  };

/** Report models of past periods: the store's sums through the metrics' definitions. */
export const createReportModels = (sources: ReportSources): Omit<ReportsPort, 'render'> => ({
  series: (request) => seriesFromStore(sources, request),
  me1: (params, bucketMs) => me1FromStore(sources, params, bucketMs),
  questions: (period) => questionsReport(sources, period),
  visitors: (request) => visitorsReport(sources, request),
  contacts: (request) => contactsReport(sources, request),
  shifts: (period) => shiftSummaries(sources, period),
});

/** The models with the renderers behind them. */
export const createReportsPort = (sources: ReportSources, renderer: ReportRenderer): ReportsPort => ({
  ...createReportModels(sources),
  render: renderIn(renderer),
});

/** The report of one kind; throws PERIOD_INVALID, STREAM_UNKNOWN or THRESHOLD_INVALID. */
export const reportModel = async (
  reports: ReturnType<typeof createReportModels>,
  kind: ReportModel['kind'],
  request: Parameters<ReportsPort['visitors']>[0] & Pick<Me1Params, 'threshold' | 'smileIndex'>,
): Promise<ReportModel> => {
  switch (kind) {
    case 'me1':
      return { kind, model: await reports.me1(request, chartBucketMs(request)) };
    case 'questions':
      return { kind, model: await reports.questions(request) };
    case 'contacts':
      return { kind, model: await reports.contacts({ ...request, points: [] }) };
    case 'visitors':
      return { kind, model: await reports.visitors(request) };
  }
};
