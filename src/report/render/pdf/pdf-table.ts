import type { Cell, Column, ReportDocument, TableSection } from '../../document.js';
import type { LocalTime } from '../../../time/local-time.js';
import { cellText, isNumeric, type CellText } from '../cell-text.js';
import { INK, MUTED, RULE, type PdfPage, type TextLook } from './pdf-page.js';

const PAD = 2.5;
const WIDEST = 330;
/** More air than this between figures makes a row hard to follow. */
const MOST_EXTRA = 34;
/** A sentence longer than this fills the page instead of explaining. */
const SENTENCE_LINES = 8;
const SIZES = [8, 7.5, 7, 6.5, 6, 5.5, 5, 4.5, 4] as const;

interface PdfColumn {
  readonly column: Column;
  readonly cells: readonly CellText[];
  readonly numeric: boolean;
  readonly padLeft: number;
  readonly width: number;
}

/** Text sizes of a table: they shrink together until every figure fits its column. */
const looks = (size: number) => ({
  head: { size: size * 0.86, bold: true } satisfies TextLook,
  gloss: { size: size * 0.68, colour: MUTED } satisfies TextLook,
  main: { size, maxLines: 2 } satisfies TextLook,
  small: { size: size * 0.7, colour: MUTED, maxLines: 1 } satisfies TextLook,
});
type Looks = ReturnType<typeof looks>;

/** Draws a table at the cursor; on each further page the head is repeated. */
export const drawTable = (page: PdfPage, table: TableSection, document: ReportDocument, zone: LocalTime): void => {
  if (table.rows.length === 0) {
    page.paragraph(table.emptyText, { size: 8, colour: MUTED }, 6);
    return;
  }
  const { columns, look } = fit(page, table, document, zone);
  const headHeight = heightOfHead(page, columns, look);
  const heights = table.rows.map((_, index) => heightOfRow(page, columns, index, look));
  page.ensure(headHeight + (heights[0] ?? 0));
  drawHead(page, columns, look, headHeight);
  table.rows.forEach((row, index) => {
    const height = heights[index] ?? 0;
    if (page.ensure(height)) drawHead(page, columns, look, headHeight);
    if (row.total === true) page.rule(page.y, INK, 0.9, tableWidth(columns));
    else if (index > 0) page.rule(page.y, RULE, 0.3, tableWidth(columns));
    drawRow(page, columns, index, look, row.total === true);
    page.y += height;
  });
  page.y += 5;
};

const fit = (
  page: PdfPage,
  table: TableSection,
  document: ReportDocument,
  zone: LocalTime,
): { columns: PdfColumn[]; look: Looks } => {
  const printed = table.columns.flatMap((column, index) => {
    if (column.printed === false) return [];
    const empty: Cell = { kind: 'text', text: '' };
    return [
      {
        column,
        numeric: isNumeric(column),
        cells: table.rows.map((row) => cellText(row.cells[index] ?? empty, column, zone, document.lang)),
      },
    ];
  });
  const shown = printed.map((column, index) => ({
    ...column,
    // Words right after right-aligned figures would run into them.
    padLeft: !column.numeric && printed[index - 1]?.numeric === true ? 9 : PAD,
  }));
  for (const size of SIZES) {
    const look = looks(size);
    const widths = shown.map((column) => naturalWidth(page, column, look));
    const spare = page.width - widths.reduce((sum, width) => sum + width, 0);
    if (spare < 0 && size !== SIZES.at(-1)) continue;
    return {
      look,
      columns: share(page, shown, widths, Math.max(0, spare), look),
    };
  }
  return { columns: [], look: looks(4) };
};

/** Spare width first lets words stand on one line, then goes to all columns alike. */
const share = (
  page: PdfPage,
  shown: readonly Omit<PdfColumn, 'width'>[],
  widths: readonly number[],
  spare: number,
  look: Looks,
): PdfColumn[] => {
  const wishes = shown.map(({ column, cells, padLeft }, index) => {
    if (column.grow === undefined) return 0;
    const longest = Math.max(0, ...cells.map(({ main }) => page.textWidth(main, look.main))) + padLeft + PAD;
    return Math.max(0, Math.min(longest, WIDEST) - (widths[index] ?? 0)) * column.grow;
  });
  const wished = wishes.reduce((sum, wish) => sum + wish, 0);
  const granted = wished > 0 ? Math.min(1, spare / wished) : 0;
  const rest = Math.min(MOST_EXTRA, (spare - wished * granted) / shown.length);
  return shown.map((column, index) => ({
    ...column,
    width: (widths[index] ?? 0) + (wishes[index] ?? 0) * granted + rest,
  }));
};

/** What a column needs: its longest figure, or for words its longest word and a fair part of its text. */
const naturalWidth = (
  page: PdfPage,
  { column, cells, numeric, padLeft }: Omit<PdfColumn, 'width'>,
  look: Looks,
): number => {
  const words = (text: string, of: TextLook): number =>
    Math.max(0, ...text.split(/[ \n]/).map((word) => page.textWidth(word, of)));
  let width = Math.max(words(column.header, look.head), words(column.gloss ?? '', look.gloss));
  for (const { main, small } of cells) {
    const needed =
      numeric || column.format.kind === 'time'
        ? page.textWidth(main, { ...look.main, bold: true })
        : Math.min(
            Math.max(words(main, look.main), page.textWidth(main, look.main) / 2),
            column.grow === undefined ? 120 : 70,
          );
    width = Math.max(width, needed, Math.min(page.textWidth(small, look.small), numeric ? Infinity : 70));
  }
  return width + padLeft + PAD;
};

const tableWidth = (columns: readonly PdfColumn[]): number => columns.reduce((sum, { width }) => sum + width, 0);

const inner = ({ width, padLeft }: PdfColumn): number => width - padLeft - PAD;

const heightOfHead = (page: PdfPage, columns: readonly PdfColumn[], look: Looks): number =>
  Math.max(
    ...columns.map(
      (c) =>
        page.textHeight(c.column.header, inner(c), look.head) +
        page.textHeight(c.column.gloss ?? '', inner(c), look.gloss),
    ),
  ) + 5;

const drawHead = (page: PdfPage, columns: readonly PdfColumn[], look: Looks, height: number): void => {
  page.doc.rect(page.left, page.y, tableWidth(columns), height).fill('#eef2f6');
  let x = page.left;
  for (const c of columns) {
    const align = c.numeric ? 'right' : 'left';
    const gloss = c.column.gloss ?? '';
    page.write(c.column.header, x + c.padLeft, page.y + 2.5, inner(c), { ...look.head, align });
    const below = page.y + 2.5 + page.textHeight(c.column.header, inner(c), look.head);
    page.write(gloss, x + c.padLeft, below, inner(c), { ...look.gloss, align });
    x += c.width;
  }
  page.y += height;
  page.rule(page.y, MUTED, 0.6, tableWidth(columns));
};

const mainLook = ({ column }: PdfColumn, { main }: Looks): TextLook => ({
  ...main,
  maxLines: column.wraps === true ? SENTENCE_LINES : main.maxLines,
});

const heightOfRow = (page: PdfPage, columns: readonly PdfColumn[], index: number, look: Looks): number =>
  Math.max(
    ...columns.map((c) => {
      const { main = '', small = '' } = c.cells[index] ?? {};
      return page.textHeight(main, inner(c), mainLook(c, look)) + page.textHeight(small, inner(c), look.small);
    }),
  ) + 4;

const drawRow = (page: PdfPage, columns: readonly PdfColumn[], index: number, look: Looks, bold: boolean): void => {
  let x = page.left;
  for (const c of columns) {
    const { main = '', small = '' } = c.cells[index] ?? {};
    const align = c.numeric ? 'right' : 'left';
    page.write(main, x + c.padLeft, page.y + 2, inner(c), { ...mainLook(c, look), align, bold });
    const below = page.y + 2 + page.textHeight(main, inner(c), mainLook(c, look));
    page.write(small, x + c.padLeft, below, inner(c), { ...look.small, align });
    x += c.width;
  }
};
