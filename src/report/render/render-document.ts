import type { ReportFormat } from '../../contracts/documents/report-format.js';
import type { ReportDocument } from '../document.js';
import { renderCsv, type CsvOptions } from './csv.js';
import { renderHtml } from './html.js';
import { renderJson } from './json.js';
import { renderPdf } from './pdf/pdf.js';
import { MEDIA_TYPES, type Rendered } from './rendered.js';
import { renderTable, type TableOptions } from './table.js';
import { renderXlsx } from './xlsx/xlsx.js';

export interface RenderOptions {
  readonly table?: TableOptions;
  readonly csv?: CsvOptions;
}

/** Any report in any format: JSON is the model itself, everything else is written from its document. */
export const renderDocument = async (
  model: unknown,
  document: ReportDocument,
  format: ReportFormat,
  options: RenderOptions = {},
): Promise<Rendered> => ({ ...MEDIA_TYPES[format], body: await body(model, document, format, options) });

const body = (
  model: unknown,
  document: ReportDocument,
  format: ReportFormat,
  options: RenderOptions,
): string | Promise<Uint8Array> => {
  switch (format) {
    case 'table':
      return renderTable(document, options.table);
    case 'json':
      return renderJson(model);
    case 'csv':
      return renderCsv(document, options.csv);
    case 'xlsx':
      return renderXlsx(document);
    case 'html':
      return renderHtml(document);
    case 'pdf':
      return renderPdf(document);
  }
};
