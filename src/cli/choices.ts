/** The reports of one period. */
export const PERIOD_REPORT_KINDS = ['me1', 'questions', 'contacts', 'visitors'] as const;
export type PeriodReportKind = (typeof PERIOD_REPORT_KINDS)[number];

/** All reports that can be asked for. */
export const REPORT_KINDS = [...PERIOD_REPORT_KINDS, 'comparison'] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

/** The forms a report can take. */
export const CLI_FORMATS = ['table', 'json', 'csv', 'xlsx', 'html', 'pdf'] as const;
export type CliFormat = (typeof CLI_FORMATS)[number];
