import type { Cell, Column, ReportDocument, TableSection } from '../document.js';
import { LONE_SURROGATE } from '../printable-text.js';
import { formatIso } from '../../time/format-time.js';
import { LocalTime } from '../../time/local-time.js';

export interface CsvOptions {
  /** Table by its id; default: the document's own choice. */
  readonly table?: string;
  /** Start with a byte order mark, by which Excel knows UTF-8. */
  readonly bom?: boolean;
}

// A spreadsheet takes a text that starts so for a formula, blanks before it notwithstanding.
const FORMULA = /^[\s\p{Cf}]*[=+\-@\uff1d\uff0b\uff0d\uff20\u2212|%]/u;
// eslint-disable-next-line no-control-regex -- NUL and its kin break readers of CSV
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g;

/** A field by RFC 4180; text that a spreadsheet would run as a formula gets an apostrophe first. */
export const csvField = (text: string): string => {
  const clean = text.replaceAll(LONE_SURROGATE, '\ufffd').replaceAll(FORBIDDEN, '');
  const safe = FORMULA.test(clean) || /^[\t\r]/.test(clean) ? `'${clean}` : clean;
  return /[",\r\n;\t]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** One table of the document as CSV (RFC 4180, CRLF): stable headers, exact values, `_low`/`_high` beside figures. */
export const renderCsv = (document: ReportDocument, options: CsvOptions = {}): string => {
  const tables = document.sections.filter((section): section is TableSection => section.kind === 'table');
  const table = tables.find(({ id }) => id === (options.table ?? document.csvTable)) ?? tables[0];
  if (table === undefined) return '';
  const zone = new LocalTime(document.timeZone);
  const lines = [
    table.columns.flatMap((column) => headers(column)),
    ...table.rows.map((row) =>
      table.columns.flatMap((column, index) => fields(row.cells[index] ?? { kind: 'text', text: '' }, column, zone)),
    ),
  ];
  const text = lines.map((line) => `${line.join(',')}\r\n`).join('');
  return options.bom === true ? `\ufeff${text}` : text;
};

const headers = ({ key, interval }: Column): string[] =>
  interval === true ? [key, `${key}_low`, `${key}_high`] : [key];

const exact = (value: number | null | undefined): string =>
  value === null || value === undefined || !Number.isFinite(value) ? '' : String(value);

const fields = (cell: Cell, column: Column, zone: LocalTime): string[] => {
  const ends = column.interval === true;
  switch (cell.kind) {
    case 'text':
      return [csvField(cell.code ?? cell.text), ...(ends ? ['', ''] : [])];
    case 'time':
      return [cell.ts === null ? '' : formatIso(cell.ts, zone), ...(ends ? ['', ''] : [])];
    case 'suppressed':
      return [cell.text, ...(ends ? ['', ''] : [])];
    case 'number':
      return [exact(cell.value), ...(ends ? [exact(cell.low), exact(cell.high)] : [])];
  }
};
