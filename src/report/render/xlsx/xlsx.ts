import writeExcelFile, { type CellObject, type Sheet, type SheetData } from 'write-excel-file/node';
import { LocalTime } from '../../../time/local-time.js';
import type { Column, ReportDocument, Section } from '../../document.js';
import type { Language } from '../../../contracts/language.js';
import { sheetCells, textCell } from './xlsx-cells.js';
import { columnWidths, wrappedHeight } from './xlsx-layout.js';
import { printSetup } from './xlsx-print.js';

const HEAD = {
  fontWeight: 'bold',
  wrap: true,
  align: 'center',
  alignVertical: 'center',
  backgroundColor: '#E8EDF2',
  bottomBorderStyle: 'thin',
  bottomBorderColor: '#5B6B7B',
} as const satisfies CellObject;
const HEAD_AIR_PT = 6;
const TOTAL = { fontWeight: 'bold', topBorderStyle: 'thin', topBorderColor: '#5B6B7B' } as const satisfies CellObject;
const SHEET_NAME_LIMIT = 31;
const PARAMETER_COLUMNS = [{ width: 36 }, { width: 100 }] as const;

const WORDS = {
  ru: { low: 'от (95 %)', high: 'до (95 %)', about: 'О показателях', parameters: 'Параметры', note: 'Примечание' },
  en: { low: 'from (95 %)', high: 'to (95 %)', about: 'About the figures', parameters: 'Parameters', note: 'Note' },
} as const;

/** A workbook: a sheet per table with a frozen head and number cells, then parameters, notes and column meanings. */
export const renderXlsx = async (document: ReportDocument): Promise<Uint8Array> => {
  const zone = new LocalTime(document.timeZone);
  const { lang, title, subtitle } = document;
  const sheets: Sheet<never>[] = document.sections.flatMap((section) => sectionSheet(section, lang, zone));
  const book = await writeExcelFile([...sheets, parametersSheet(document)].map(uniquelyNamed), {
    fontFamily: 'Calibri',
    fontSize: 11,
    features: [printSetup(`EmoScope · ${title} · ${subtitle}`, lang)],
  }).toBuffer();
  return new Uint8Array(book);
};

const sectionSheet = (section: Section, lang: Language, zone: LocalTime): Sheet<never>[] => {
  if (section.kind !== 'table' || section.inSheets === false) return [];
  const { columns, rows, title, emptyText } = section;
  const heads = columns.map((column) => headsOf(column, lang));
  const widths = columns.map((column, index) => columnWidths(column, index, section, heads[index] ?? []));
  const height =
    Math.max(
      ...heads.flatMap((own, i) => own.map((head, j) => wrappedHeight(head, (widths[i]?.[j] ?? 10) - 1, true))),
    ) + HEAD_AIR_PT;
  const data: SheetData = [
    heads.flat().map((head): CellObject => ({ ...HEAD, ...textCell(head), height })),
    ...rows.map((row) =>
      columns.flatMap((column, index) =>
        sheetCells(row.cells[index] ?? { kind: 'text', text: '' }, column, zone, lang).map((cell) => ({
          ...cell,
          ...(column.wraps === true
            ? { height: wrappedHeight(String(cell.value), (widths[index]?.[0] ?? 10) - 2) }
            : {}),
          ...(row.total === true ? TOTAL : {}),
        })),
      ),
    ),
    ...(rows.length === 0 ? [[textCell(emptyText)]] : []),
  ];
  return [
    {
      sheet: title,
      data,
      stickyRowsCount: 1,
      stickyColumnsCount: 1,
      orientation: 'landscape',
      columns: widths.flat().map((width) => ({ width })),
    },
  ];
};

const headsOf = ({ sheetHeader, interval }: Column, lang: Language): string[] =>
  interval === true
    ? [sheetHeader, `${sheetHeader} ${WORDS[lang].low}`, `${sheetHeader} ${WORDS[lang].high}`]
    : [sheetHeader];

/** Excel refuses a book with two sheets of one name, a longer name, and some signs in it. */
const uniquelyNamed = (own: Sheet<never>, index: number, all: readonly Sheet<never>[]): Sheet<never> => {
  const base = (title = ''): string => title.replaceAll(/[[\]:*?/\\]/g, ' ').slice(0, SHEET_NAME_LIMIT);
  const name = base(own.sheet);
  const before = all.slice(0, index).filter((other) => base(other.sheet) === name).length;
  const suffix = before === 0 ? '' : ` ${before + 1}`;
  return { ...own, sheet: name.slice(0, SHEET_NAME_LIMIT - suffix.length) + suffix };
};

const parametersSheet = (document: ReportDocument): Sheet<never> => {
  const words = WORDS[document.lang];
  const bold = (value: string): CellObject => ({ ...textCell(value), fontWeight: 'bold' });
  const line = (label: string, value: string): CellObject[] => [
    { ...textCell(label), wrap: true, alignVertical: 'top' },
    {
      ...textCell(value),
      wrap: true,
      alignVertical: 'top',
      height: Math.max(
        wrappedHeight(label, PARAMETER_COLUMNS[0].width),
        wrappedHeight(value, PARAMETER_COLUMNS[1].width),
      ),
    },
  ];
  const described = document.sections.flatMap((section) => (section.kind === 'table' ? section.columns : []));
  const data: SheetData = [
    [bold(document.title)],
    ...document.facts.map(({ label, value }) => line(label, value)),
    [],
    ...document.sections.flatMap((section) =>
      section.kind === 'prose'
        ? [[bold(section.title)], ...[section.lead, ...section.lines].map((text) => line('', text))]
        : [],
    ),
    ...document.notes.map((note) => line(words.note, note)),
    [bold(words.about)],
    ...described.flatMap(({ sheetHeader, about }) => (about === undefined ? [] : [line(sheetHeader, about)])),
    ...document.footnotes.map((note) => line('', note)),
  ];
  return { sheet: words.parameters, data, orientation: 'landscape', columns: [...PARAMETER_COLUMNS] };
};
