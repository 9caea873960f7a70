import { displayWidth } from '../../printable-text.js';
import type { Column, TableSection } from '../../document.js';
import { textLines } from '../text-lines.js';

const LINE_PT = 15;
const LEAST_WORDS = 10;
const MOST_WORDS = 60;
/** Air beside the text, and what bold letters are wider by. */
const AIR = 2;
const BOLD = 1.15;

/** Rows looked at for a column's width: the rest of a long list is alike. */
const SEEN_ROWS = 1000;

/** Height in points of a text wrapped in a column of `width` characters. */
export const wrappedHeight = (text: string, width: number, bold = false): number =>
  textLines(text, width, (part) => displayWidth(part) * (bold ? BOLD : 1)).length * LINE_PT;

/** Widths in characters of a table column and of the ends of its interval. */
export const columnWidths = (
  column: Column,
  index: number,
  table: TableSection,
  heads: readonly string[],
): number[] => {
  const body = bodyWidth(column, index, table);
  // A head breaks between its words, never inside one.
  return heads.map((head) => Math.max(body, Math.ceil(longestWord(head) * BOLD) + AIR));
};

const longestWord = (text: string): number => Math.max(0, ...text.split(' ').map(displayWidth));

const bodyWidth = ({ format }: Column, index: number, { rows }: TableSection): number => {
  if (format.kind === 'time') return format.seconds === true ? 20 : 17;
  const cells = rows.slice(0, SEEN_ROWS).map((row) => row.cells[index]);
  if (format.kind === 'number') {
    const most = Math.max(0, ...cells.map((cell) => (cell?.kind === 'number' ? Math.abs(cell.value ?? 0) : 0)));
    const whole = Math.trunc(most).toLocaleString('en-US').length;
    return whole + (format.digits > 0 ? format.digits + 1 : 0) + AIR;
  }
  const longest = Math.max(
    0,
    ...cells.map((cell) => (cell?.kind === 'text' ? displayWidth(cell.text.slice(0, 100)) : 0)),
  );
  return Math.min(MOST_WORDS, Math.max(LEAST_WORDS, longest + AIR));
};
