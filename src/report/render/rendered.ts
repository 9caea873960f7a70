import type { ReportFormat } from '../../contracts/documents/report-format.js';

/** A finished file. */
export interface Rendered {
  readonly contentType: string;
  /** Without the dot. */
  readonly extension: string;
  readonly body: string | Uint8Array;
}

/** What a file of each format is called on the wire and on disk. */
export const MEDIA_TYPES: Readonly<Record<ReportFormat, { readonly contentType: string; readonly extension: string }>> =
  {
    table: { contentType: 'text/plain; charset=utf-8', extension: 'txt' },
    json: { contentType: 'application/json; charset=utf-8', extension: 'json' },
    csv: { contentType: 'text/csv; charset=utf-8; header=present', extension: 'csv' },
    xlsx: { contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', extension: 'xlsx' },
    html: { contentType: 'text/html; charset=utf-8', extension: 'html' },
    pdf: { contentType: 'application/pdf', extension: 'pdf' },
  };
