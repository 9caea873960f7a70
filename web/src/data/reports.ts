import type { ComparisonReport } from '../../../src/contracts/figures/comparison-schema.js';
import type { Me1Report } from '../../../src/contracts/figures/me1-schema.js';
import type { QuestionsReport } from '../../../src/contracts/figures/questions-schema.js';
import type { VisitorsReport } from '../../../src/contracts/figures/visitors-schema.js';
import { language } from '../i18n/i18n.js';
import type { ReportFile } from '../../../src/contracts/documents/report-format.js';
import type { ReportListing } from '../../../src/contracts/documents/report-listing.js';
import { apiUrl, call, callText, type Page, type Query } from './api.js';
import { printedReport, type PrintedReport } from './printed-report.js';

/** What each report answers with. */
interface Reports {
  readonly me1: Me1Report;
  readonly comparison: ComparisonReport;
  readonly questions: QuestionsReport;
  readonly visitors: VisitorsReport;
}
export type ReportKind = keyof Reports;

/** The formats of a report as a file, in the order in which they are offered. */
export const REPORT_FILES = ['xlsx', 'pdf', 'csv', 'html', 'json'] as const satisfies readonly ReportFile[];

/** Every report that this person may have. */
export const loadReportList = async (signal: AbortSignal): Promise<readonly ReportListing[]> =>
  (await call<Pick<Page<ReportListing>, 'items'>>('/reports', { signal })).items;

/** A report as it is printed, for one that has no page of its own. */
export const loadPrintedReport = async (kind: string, query: Query, signal: AbortSignal): Promise<PrintedReport> =>
  printedReport(
    await callText(`/reports/${kind}`, { query: { ...query, format: 'html', language: language.value }, signal }),
  );

export const loadReport = <Kind extends ReportKind>(
  kind: Kind,
  query: Query,
  signal: AbortSignal,
): Promise<Reports[Kind]> => call(`/reports/${kind}`, { query, signal });

/** Address of a report as a file; the service makes it from the same parameters. */
export const reportFileUrl = (kind: string, query: Query, format: ReportFile): string =>
  apiUrl(`/reports/${kind}`, { ...query, format, language: language.value });

/** Address of the raw samples as a file. */
export const samplesFileUrl = (query: Query, format: 'csv' | 'parquet'): string =>
  apiUrl('/samples/export', { ...query, format });
