/** The forms in which a report is sent. */
export const REPORT_FILES = ['json', 'csv', 'xlsx', 'html', 'pdf'] as const;
export type ReportFile = (typeof REPORT_FILES)[number];

/** The same, and the table of a terminal. */
export const REPORT_FORMATS = ['table', ...REPORT_FILES] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];
