import type { Column, ReportDocument, TableSection } from '../document.js';
import { displayWidth } from '../printable-text.js';
import { LocalTime } from '../../time/local-time.js';
import { cellText, isNumeric, type CellText } from './cell-text.js';

export interface TableOptions {
  /** Columns of the terminal: wider tables are split into blocks; default: never split. */
  readonly width?: number;
  /** 95 % intervals on a second line under each row; default true. */
  readonly intervals?: boolean;
}

const GAP = '  ';

/** The whole document as plain text for a terminal. */
export const renderTable = (document: ReportDocument, options: TableOptions = {}): string => {
  const zone = new LocalTime(document.timeZone);
  const lines: string[] = [document.title, ''];
  const labelWidth = Math.max(0, ...document.facts.map(({ label }) => displayWidth(label)));
  for (const { label, value } of document.facts) lines.push(`${pad(label, labelWidth)}${GAP}${value}`);
  const manyTables = document.sections.filter((section) => section.kind === 'table' && section.printed).length > 1;
  for (const section of document.sections) {
    if (section.kind === 'charts') continue;
    if (section.kind === 'prose') {
      lines.push('', section.title, `  ${section.lead}`, ...section.lines.map((line) => `  · ${line}`));
    } else if (section.printed) {
      lines.push('', ...(manyTables ? [section.title] : []), ...tableLines(section, document, zone, options));
    }
  }
  if (document.notes.length > 0) lines.push('', ...document.notes.map((note) => `! ${note}`));
  if (document.footnotes.length > 0)
    lines.push('', ...document.footnotes.flatMap((note) => wrap(note, options.width ?? 100)));
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
};

const pad = (text: string, width: number, right = false): string => {
  const blank = ' '.repeat(Math.max(0, width - displayWidth(text)));
  return right ? blank + text : text + blank;
};

interface TextColumn {
  readonly header: string;
  readonly numeric: boolean;
  readonly cells: readonly CellText[];
  readonly width: number;
}

const textColumn = (column: Column, cells: readonly CellText[]): TextColumn => ({
  header: column.header,
  numeric: isNumeric(column),
  cells,
  width: Math.max(
    displayWidth(column.header),
    ...cells.flatMap(({ main, small }) => [displayWidth(main), displayWidth(small)]),
  ),
});

const tableLines = (
  table: TableSection,
  document: ReportDocument,
  zone: LocalTime,
  options: TableOptions,
): string[] => {
  if (table.rows.length === 0) return [table.emptyText];
  const columns = table.columns.flatMap((column, index): TextColumn[] => {
    if (column.printed === false) return [];
    const cells = table.rows.map((row) => {
      const cell = row.cells[index];
      const text = cell === undefined ? { main: '', small: '' } : cellText(cell, column, zone, document.lang);
      return options.intervals === false && cell?.kind === 'number' ? { main: text.main, small: '' } : text;
    });
    return [textColumn(column, cells)];
  });
  const [first, ...rest] = columns;
  if (first === undefined) return [];
  return blocks(first, rest, options.width ?? Number.POSITIVE_INFINITY).flatMap((block, index) => [
    ...(index > 0 ? [''] : []),
    ...blockLines(block, table),
  ]);
};

/** The first column is repeated in every block. */
const blocks = (first: TextColumn, rest: readonly TextColumn[], limit: number): TextColumn[][] => {
  const found: TextColumn[][] = [];
  let block = [first];
  let width = first.width;
  for (const column of rest) {
    if (width + GAP.length + column.width > limit && block.length > 1) {
      found.push(block);
      block = [first];
      width = first.width;
    }
    block.push(column);
    width += GAP.length + column.width;
  }
  return [...found, block];
};

const blockLines = (block: readonly TextColumn[], table: TableSection): string[] => {
  const line = (text: (column: TextColumn) => string): string =>
    block.map((column) => pad(text(column), column.width, column.numeric)).join(GAP);
  const rule = '─'.repeat(block.reduce((sum, { width }) => sum + width + GAP.length, -GAP.length));
  const lines = [line(({ header }) => header), rule];
  table.rows.forEach((row, index) => {
    if (row.total === true && index > 0) lines.push(rule);
    lines.push(line(({ cells }) => cells[index]?.main ?? ''));
    if (block.some(({ cells }) => (cells[index]?.small ?? '') !== '')) {
      lines.push(line(({ cells }) => cells[index]?.small ?? ''));
    }
  });
  return lines;
};

const wrap = (text: string, width: number): string[] => {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && displayWidth(line) + 1 + displayWidth(word) > Math.max(width, 40)) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
};
