import writeExcelFile, { type CellObject, type Sheet, type SheetData } from 'write-excel-file/node';
import type { Cell, Column, ReportDocument, Section, TableSection } from '../document.js';
import type { Lang } from '../language.js';
import { displayWidth, LONE_SURROGATE } from '../printable-text.js';
import { LocalTime } from '../../runtime/local-time.js';

const HEAD = {
  fontWeight: 'bold',
  wrap: true,
  align: 'center',
  alignVertical: 'center',
  backgroundColor: '#E8EDF2',
  bottomBorderStyle: 'thin',
  bottomBorderColor: '#5B6B7B',
} as const satisfies CellObject;
const TOTAL = { fontWeight: 'bold', topBorderStyle: 'thin', topBorderColor: '#5B6B7B' } as const satisfies CellObject;
const INTERVAL = { textColor: '#5B6B7B' } as const satisfies CellObject;
const EXCEL_TEXT_LIMIT = 32_000;
// eslint-disable-next-line no-control-regex -- XML 1.0 has no way to write these
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

const WORDS = {
  ru: { low: 'от (95 %)', high: 'до (95 %)', about: 'О показателях', parameters: 'Параметры', note: 'Примечание' },
  en: { low: 'from (95 %)', high: 'to (95 %)', about: 'About the figures', parameters: 'Parameters', note: 'Note' },
} as const;

/** A workbook: a sheet per table with a frozen head and number cells, then parameters, notes and column meanings. */
export const renderXlsx = async (document: ReportDocument): Promise<Uint8Array> => {
  const zone = new LocalTime(document.timeZone);
  const sheets: Sheet<never>[] = document.sections.flatMap((section) => sectionSheet(section, document.lang, zone));
  const book = await writeExcelFile([...sheets, parametersSheet(document)], {
    fontFamily: 'Calibri',
    fontSize: 11,
  }).toBuffer();
  return new Uint8Array(book);
};

const sectionSheet = (section: Section, lang: Lang, zone: LocalTime): Sheet<never>[] => {
  if (section.kind !== 'table') return [];
  const data: SheetData = [
    section.columns.flatMap((column) => headCells(column, lang)),
    ...section.rows.map((row) =>
      section.columns.flatMap((column, index) =>
        cells(row.cells[index] ?? { kind: 'text', text: '' }, column, zone).map((cell) =>
          row.total === true ? { ...cell, ...TOTAL } : cell,
        ),
      ),
    ),
  ];
  return [
    {
      sheet: sheetName(section.title),
      data,
      stickyRowsCount: 1,
      stickyColumnsCount: 1,
      orientation: 'landscape',
      columns: section.columns.flatMap((column, index) => widths(column, index, section)),
    },
  ];
};

const sheetName = (title: string): string => title.replaceAll(/[[\]:*?/\\]/g, ' ').slice(0, 31);

const headCells = (column: Column, lang: Lang): CellObject[] => {
  const head = (value: string): CellObject => ({ ...HEAD, value, type: String });
  const { sheetHeader } = column;
  if (column.interval !== true) return [head(sheetHeader)];
  return [head(sheetHeader), head(`${sheetHeader} ${WORDS[lang].low}`), head(`${sheetHeader} ${WORDS[lang].high}`)];
};

const cells = (cell: Cell, column: Column, zone: LocalTime): CellObject[] => {
  const ends = column.interval === true;
  const digits = column.format.kind === 'number' ? column.format.digits : 2;
  const endDigits = column.format.kind === 'number' ? (column.format.intervalDigits ?? digits) : digits;
  switch (cell.kind) {
    case 'text':
      return fill(text(cell.text), ends);
    case 'suppressed':
      return fill({ ...text(cell.text), align: 'right' }, ends);
    case 'time':
      return fill(cell.ts === null ? {} : moment(cell.ts, zone), ends);
    case 'number':
      return [
        number(cell.value, digits),
        ...(ends
          ? [
              { ...number(cell.low, endDigits), ...INTERVAL },
              { ...number(cell.high, endDigits), ...INTERVAL },
            ]
          : []),
      ];
  }
};

const fill = (cell: CellObject, ends: boolean): CellObject[] => (ends ? [cell, {}, {}] : [cell]);

// The writer looks texts up in a plain object, so a text named like one of its own properties breaks the file.
const indexable = (value: string): string => (value in Object.prototype ? `\u200b${value}` : value);

// Always typed as a string: a name that begins with "=" stays a name.
const text = (value: string): CellObject => ({
  value: indexable(value).replaceAll(LONE_SURROGATE, '\ufffd').replaceAll(NOT_XML, '').slice(0, EXCEL_TEXT_LIMIT),
  type: String,
});

const number = (value: number | null | undefined, digits: number): CellObject =>
  value === null || value === undefined || !Number.isFinite(value)
    ? {}
    : { value, type: Number, format: digits === 0 ? '#,##0' : `#,##0.${'0'.repeat(digits)}` };

// Excel has no time zones: the cell shows the wall clock of the site.
const moment = (ts: number, zone: LocalTime): CellObject => ({
  value: new Date(ts + zone.offsetMs(ts)),
  type: Date,
  format: 'dd.mm.yyyy hh:mm',
});

const widths = (column: Column, index: number, { rows }: TableSection): { width: number }[] => {
  if (column.format.kind === 'time') return [{ width: 17 }];
  if (column.format.kind === 'number')
    return column.interval === true ? [{ width: 13 }, { width: 11 }, { width: 11 }] : [{ width: 13 }];
  const longest = rows.slice(0, 1000).reduce((most, row) => {
    const cell = row.cells[index];
    return Math.max(most, cell?.kind === 'text' ? displayWidth(cell.text.slice(0, 100)) : 0);
  }, displayWidth(column.sheetHeader));
  return [{ width: Math.min(60, Math.max(10, longest + 2)) }];
};

const parametersSheet = (document: ReportDocument): Sheet<never> => {
  const words = WORDS[document.lang];
  const bold = (value: string): CellObject => ({ ...text(value), fontWeight: 'bold' });
  const wrapped = (value: string): CellObject => ({ ...text(value), wrap: true, alignVertical: 'top' });
  const described = document.sections.flatMap((section) => (section.kind === 'table' ? section.columns : []));
  const data: SheetData = [
    [bold(document.title)],
    ...document.facts.map(({ label, value }) => [text(label), wrapped(value)]),
    [],
    ...document.sections.flatMap((section) =>
      section.kind === 'prose'
        ? [[bold(section.title)], ...[section.lead, ...section.lines].map((line) => [text(''), wrapped(line)])]
        : [],
    ),
    ...document.notes.map((note) => [text(words.note), wrapped(note)]),
    [bold(words.about)],
    ...described.flatMap(({ sheetHeader, about }) =>
      about === undefined ? [] : [[text(sheetHeader), wrapped(about)]],
    ),
    ...document.footnotes.map((note) => [text(''), wrapped(note)]),
  ];
  return { sheet: words.parameters, data, columns: [{ width: 36 }, { width: 100 }] };
};
