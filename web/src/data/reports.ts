import type { ComparisonReport } from '../../../src/contracts/comparison.js';
import type { Me1Report } from '../../../src/contracts/me1.js';
import type { QuestionsReport } from '../../../src/contracts/questions.js';
import type { VisitorsReport } from '../../../src/contracts/visitors.js';
import { language } from '../i18n/i18n.js';
import { apiUrl, call, type Query } from './api.js';

/** What each report answers with. */
interface Reports {
  readonly me1: Me1Report;
  readonly comparison: ComparisonReport;
  readonly questions: QuestionsReport;
  readonly visitors: VisitorsReport;
}
export type ReportKind = keyof Reports;

/** The formats of a report as a file. */
export const REPORT_FILES = ['xlsx', 'pdf', 'csv', 'html', 'json'] as const;
export type ReportFile = (typeof REPORT_FILES)[number];

export const loadReport = <Kind extends ReportKind>(
  kind: Kind,
  query: Query,
  signal: AbortSignal,
): Promise<Reports[Kind]> => call(`/reports/${kind}`, { query, signal });

/** Address of a report as a file; the service makes it from the same parameters. */
export const reportFileUrl = (kind: ReportKind, query: Query, format: ReportFile): string =>
  apiUrl(`/reports/${kind}`, { ...query, format, language: language.value });

/** Address of the raw samples as a file. */
export const samplesFileUrl = (query: Query, format: 'csv' | 'parquet'): string =>
  apiUrl('/samples/export', { ...query, format });
