import { fileRefused } from './refused.js';
import { MOST_COLUMNS, MOST_ROWS, type Table, type TableRow } from './table.js';

const DELIMITERS = [';', '\t', ',', '|'] as const;
const SNIFFED_LINES = 50;
const LONGEST_CELL = 32_768;

const decoded = (file: Buffer, encoding: string): string | null => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(file);
  } catch {
    return null;
  }
};

/** Every second byte of a text of Latin digits and marks is zero in UTF-16. */
const looksWide = (file: Buffer, zeroAt: 0 | 1): boolean => {
  const head = file.subarray(0, 512);
  let zeros = 0;
  for (let at = zeroAt; at < head.length; at += 2) if (head[at] === 0) zeros++;
  return zeros * 8 > head.length;
};

const encodingOf = (file: Buffer): readonly string[] => {
  const mark = file.subarray(0, 2).toString('hex');
  if (mark === 'fffe') return ['utf-16le'];
  if (mark === 'feff') return ['utf-16be'];
  if (looksWide(file, 1)) return ['utf-16le'];
  if (looksWide(file, 0)) return ['utf-16be'];
  return ['utf-8', 'windows-1251'];
};

const textOf = (file: Buffer): { readonly text: string; readonly encoding: string } => {
  for (const encoding of encodingOf(file)) {
    const text = decoded(file, encoding);
    // eslint-disable-next-line no-control-regex
    if (text !== null && !/[\u0000-\u0008\u000e-\u001f\ufffd]/.test(text)) return { text, encoding };
  }
  throw fileRefused('Это не таблица и не текст.', 'This is neither a table nor a text.');
};

/** The rows of a delimited text; quoted cells may hold delimiters and line breaks. */
const rowsOf = (text: string, delimiter: string, mostRows: number, firstLine: number): TableRow[] => {
  const rows: TableRow[] = [];
  let cells: string[] = [];
  let line = firstLine;
  let startLine = firstLine;
  let at = 0;
  const stop = new RegExp(`[\\n\\r${delimiter === '|' ? '\\|' : delimiter}]`, 'g');
  const endRow = (isCut: boolean): void => {
    if (cells.some((cell) => cell.trim() !== '')) rows.push({ line: startLine, cells, ...(isCut ? { isCut } : {}) });
    cells = [];
  };
  while (at < text.length && rows.length <= mostRows) {
    let cell: string;
    let end: number;
    if (text[at] === '"') {
      const parts: string[] = [];
      let from = at + 1;
      for (;;) {
        const quote = text.indexOf('"', from);
        if (quote < 0)
          throw fileRefused(`Кавычка в строке ${line} не закрыта.`, `A quote in line ${line} is never closed.`);
        parts.push(text.slice(from, quote));
        from = quote + 1;
        if (text[from] !== '"') break;
        parts.push('"');
        from++;
      }
      cell = parts.join('');
      for (let breakAt = cell.indexOf('\n'); breakAt >= 0; breakAt = cell.indexOf('\n', breakAt + 1)) line++;
      stop.lastIndex = from;
      end = stop.exec(text)?.index ?? text.length;
      cell += text.slice(from, end);
    } else {
      stop.lastIndex = at;
      end = stop.exec(text)?.index ?? text.length;
      cell = text.slice(at, end);
    }
    if (cell.length > LONGEST_CELL)
      throw fileRefused(`Ячейка в строке ${line} слишком длинна.`, `A cell in line ${line} is too long.`);
    cells.push(cell.trim());
    if (cells.length > MOST_COLUMNS)
      throw fileRefused(`В строке ${line} больше 256 столбцов.`, `Line ${line} has more than 256 columns.`);
    const mark = text[end];
    at = end + 1;
    if (mark === delimiter) {
      if (at >= text.length) {
        cells.push('');
        endRow(true);
      }
      continue;
    }
    endRow(mark === undefined);
    if (mark === '\r' && text[at] === '\n') at++;
    line++;
    startLine = line;
  }
  return rows;
};

/** The delimiter by which the most rows of the beginning have the same number of columns, more than one. */
const delimiterOf = (text: string): string => {
  const lines: number[] = [];
  for (let at = 0; lines.length < SNIFFED_LINES && at >= 0; at = text.indexOf('\n', at + 1)) lines.push(at);
  const limit = lines.length < SNIFFED_LINES ? text.length : (lines.at(-1) ?? text.length);
  const head = text.slice(0, limit);
  let best = { delimiter: ';', score: 0 };
  for (const delimiter of DELIMITERS) {
    const widths = new Map<number, number>();
    for (const line of head.split('\n')) {
      const width = line.split(delimiter).length;
      if (width > 1 && width <= MOST_COLUMNS) widths.set(width, (widths.get(width) ?? 0) + 1);
    }
    const score = Math.max(0, ...widths.values());
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
};

/** Reads a delimited text of any usual encoding; throws IMPORT_UNREADABLE. */
export const readText = (file: Buffer): Table => {
  const { text, encoding } = textOf(file);
  const said = /^sep=([;,|\t])\r?\n/.exec(text);
  const body = said === null ? text : text.slice(said[0].length);
  const delimiter = said?.[1] ?? delimiterOf(body);
  const rows = rowsOf(body, delimiter, MOST_ROWS, said === null ? 1 : 2);
  if (rows.length > MOST_ROWS)
    throw fileRefused('В файле больше миллиона строк.', 'The file has more than a million rows.');
  return { format: 'text', encoding, delimiter, rows, merges: [], from1904: false };
};
