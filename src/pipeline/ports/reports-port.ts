import type { Rendered, ReportModel, ReportsPort } from '../../api/ports.js';
import { renderContacts, renderMe1, renderQuestions, renderVisitors } from '../../report/render-report.js';
import { contactsReport, shiftSummaries } from './contact-reports.js';
import { questionsReport } from './question-report.js';
import { visitorsReport } from './visitor-reports.js';
import { me1FromStore, seriesFromStore, type ReportSources } from './period-reports.js';

type Format = Parameters<typeof renderMe1>[1];
type File = Awaited<ReturnType<typeof renderMe1>>;

/** A report model as a file of the asked format. */
export const renderReport = (report: ReportModel, format: Format, language: 'ru' | 'en'): Promise<File> => {
  switch (report.kind) {
    case 'me1':
      return renderMe1(report.model, format, language);
    case 'questions':
      return renderQuestions(report.model, format, language);
    case 'contacts':
      return renderContacts(report.model, format, language);
    case 'visitors':
      return renderVisitors(report.model, format, language);
  }
};

const CHART_STEPS_MS = [60_000, 300_000, 900_000, 3_600_000, 21_600_000, 86_400_000];

/** A bucket that gives the charts of a period at most about 200 points. */
export const chartBucketMs = ({ fromTs, toTs }: { readonly fromTs: number; readonly toTs: number }): number =>
  CHART_STEPS_MS.find((step) => (toTs - fromTs) / step <= 200) ?? 86_400_000;

const isoDay = (ts: number, timeZone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone }).format(ts);

const periodOf = (report: ReportModel): { fromTs: number; toTs: number } =>
  report.kind === 'me1' ? report.model.params : report.model;

/** `me1_2026-11-01_2026-11-07.xlsx`: the kind, the first and the last day that the report covers. */
export const fileNameOf = (report: ReportModel, extension: string): string => {
  const { fromTs, toTs } = periodOf(report);
  const { timeZone } = report.model;
  return `${report.kind}_${isoDay(fromTs, timeZone)}_${isoDay(toTs - 1, timeZone)}.${extension}`;
};

const render: ReportsPort['render'] = async (report, format, language): Promise<Rendered> => {
  const { contentType, extension, body } = await renderReport(report, format, language);
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  return { contentType, fileName: fileNameOf(report, extension), body: bytes };
};

/** Reports of past periods: the store's sums through the metrics' definitions into the renderers. */
export const createReportsPort = (sources: ReportSources): ReportsPort => ({
  series: (request) => seriesFromStore(sources, request),
  me1: (params, bucketMs) => me1FromStore(sources, params, bucketMs),
  questions: (period) => questionsReport(sources, period),
  visitors: (request) => visitorsReport(sources, request),
  contacts: (request) => contactsReport(sources, request),
  shifts: (period) => shiftSummaries(sources, period),
  render,
});
