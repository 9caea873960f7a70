import { fileRefused } from './refused.js';
import { type Cell, type Merge, MOST_COLUMNS, MOST_ROWS, type Table, type TableRow } from './table.js';
import { openZip } from './zip.js';

const MOST_STRINGS = 2_000_000;
const MOST_CELLS = 8_000_000;
const MOST_MERGES = 100_000;

const broken = () => fileRefused('Лист XLSX повреждён.', 'The sheet of the XLSX file is damaged.');

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const unescaped = (text: string): string =>
  text.includes('&')
    ? text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,4});/gi, (whole, name: string) => {
        if (!name.startsWith('#')) return NAMED[name] ?? whole;
        const code = /^#x/i.test(name) ? parseInt(name.slice(2), 16) : Number(name.slice(1));
        return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
      })
    : text;

interface Tag {
  readonly name: string;
  readonly attributes: string;
  readonly isEnd: boolean;
  readonly isEmpty: boolean;
  /** Text between this tag and the next. */
  readonly text: string;
}

/** Tags one after another, without prefixes of names; each byte is looked at once. */
function* tagsOf(xml: string): Generator<Tag> {
  if (xml.includes('<!')) throw broken();
  for (let at = xml.indexOf('<'); at >= 0;) {
    const end = xml.indexOf('>', at);
    if (end < 0) throw broken();
    const next = xml.indexOf('<', end);
    const isEnd = xml[at + 1] === '/';
    const isEmpty = xml[end - 1] === '/';
    const inner = xml.slice(at + (isEnd ? 2 : 1), isEmpty ? end - 1 : end);
    const space = inner.search(/\s/);
    const full = space < 0 ? inner : inner.slice(0, space);
    const name = full.slice(full.indexOf(':') + 1);
    const attributes = space < 0 ? '' : inner.slice(space);
    yield { name, attributes, isEnd, isEmpty, text: next < 0 ? '' : xml.slice(end + 1, next) };
    at = next;
  }
}

const attributeOf = ({ attributes }: Tag, name: string): string | null => {
  const at = attributes.indexOf(` ${name}="`);
  if (at < 0) return null;
  const from = at + name.length + 3;
  const end = attributes.indexOf('"', from);
  return end < 0 ? null : unescaped(attributes.slice(from, end));
};

const sharedStrings = (xml: string | null): string[] => {
  const strings: string[] = [];
  let parts: string[] | null = null;
  let isPhonetic = false;
  for (const tag of xml === null ? [] : tagsOf(xml)) {
    if (tag.name === 'rPh') isPhonetic = !tag.isEnd;
    if (tag.name === 'si' && !tag.isEnd) parts = [];
    if (tag.name === 't' && !tag.isEnd && !isPhonetic) parts?.push(unescaped(tag.text));
    if (tag.name === 'si' && (tag.isEnd || tag.isEmpty)) {
      strings.push((parts ?? []).join('').trim());
      parts = null;
      if (strings.length > MOST_STRINGS)
        throw fileRefused('В файле XLSX слишком много строк текста.', 'The XLSX file has too many strings.');
    }
  }
  return strings;
};

/** Column from 0 and line from 1 of a cell called like BC12. */
const placeOf = (reference: string | null): { readonly column: number; readonly line: number } => {
  const read = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(reference ?? '');
  if (read === null) throw broken();
  const [, letters = '', digits = ''] = read;
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  if (column > MOST_COLUMNS)
    throw fileRefused(`В строке ${digits} больше 256 столбцов.`, `Line ${digits} has more than 256 columns.`);
  return { column: column - 1, line: Number(digits) };
};

const valueOf = (type: string | null, raw: string, strings: readonly string[]): Cell => {
  if (raw === '') return '';
  if (type === 's') {
    const text = strings[Number(raw)];
    if (text === undefined) throw broken();
    return text;
  }
  if (type === null || type === 'n') {
    const number = Number(raw);
    if (!Number.isFinite(number)) throw broken();
    return number;
  }
  return type === 'b' ? raw : unescaped(raw).trim();
};

interface OpenCell {
  readonly column: number;
  readonly type: string | null;
  raw: string;
  isFormula: boolean;
}

const sheetOf = (xml: string, strings: readonly string[]): Pick<Table, 'rows' | 'merges'> => {
  const rows: TableRow[] = [];
  const merges: Merge[] = [];
  let row: { line: number; cells: Cell[] } | null = null;
  let cell: OpenCell | null = null;
  let lastLine = 0;
  let cellCount = 0;
  let isWhole = false;
  const closeCell = (): void => {
    if (cell === null || row === null) return;
    while (row.cells.length < cell.column) row.cells.push('');
    // A formula that nobody has worked out is no number.
    const value = cell.isFormula && cell.raw === '' ? '=' : valueOf(cell.type, cell.raw, strings);
    row.cells[cell.column] = value;
    cell = null;
    if (++cellCount > MOST_CELLS)
      throw fileRefused('В файле XLSX слишком много ячеек.', 'The XLSX file has too many cells.');
  };
  for (const tag of tagsOf(xml)) {
    if (tag.name === 'worksheet' && tag.isEnd) isWhole = true;
    else if (tag.name === 'row' && !tag.isEnd) {
      const line = Number(attributeOf(tag, 'r') ?? lastLine + 1);
      if (!(line > lastLine)) throw broken();
      lastLine = line;
      row = tag.isEmpty ? null : { line, cells: [] };
    } else if (tag.name === 'row') {
      if (row?.cells.some((one) => one !== '') === true) rows.push(row);
      row = null;
      if (rows.length > MOST_ROWS)
        throw fileRefused('В файле больше миллиона строк.', 'The file has more than a million rows.');
    } else if (tag.name === 'c' && !tag.isEnd) {
      const reference = attributeOf(tag, 'r');
      const column: number = reference === null ? (row?.cells.length ?? 0) : placeOf(reference).column;
      if (column < (row?.cells.length ?? 0)) throw broken();
      cell = { column, type: attributeOf(tag, 't'), raw: '', isFormula: false };
      if (tag.isEmpty) closeCell();
    } else if (tag.name === 'c') closeCell();
    else if (tag.name === 'f' && cell !== null && !tag.isEnd) cell.isFormula = true;
    else if ((tag.name === 'v' || tag.name === 't') && cell !== null && !tag.isEnd) cell.raw += tag.text;
    else if (tag.name === 'mergeCell' && !tag.isEnd) {
      const [from = '', to = from] = (attributeOf(tag, 'ref') ?? '').split(':');
      const first = placeOf(from);
      const last = placeOf(to);
      merges.push({ fromLine: first.line, toLine: last.line, fromColumn: first.column, toColumn: last.column });
      if (merges.length > MOST_MERGES)
        throw fileRefused('В файле XLSX слишком много объединений.', 'The XLSX file has too many merged cells.');
    }
  }
  if (!isWhole) throw broken();
  return { rows, merges };
};

/** Where the first sheet of the workbook that is shown lies. */
const firstSheet = (workbook: string, relations: string): string => {
  let id: string | null = null;
  for (const tag of tagsOf(workbook)) {
    if (tag.name !== 'sheet' || tag.isEnd || id !== null) continue;
    const state = attributeOf(tag, 'state');
    if (state === null || state === 'visible') id = attributeOf(tag, 'r:id');
  }
  for (const tag of tagsOf(relations)) {
    if (tag.name !== 'Relationship' || attributeOf(tag, 'Id') !== id || id === null) continue;
    const target = attributeOf(tag, 'Target') ?? '';
    return target.startsWith('/') ? target.slice(1) : `xl/${target}`;
  }
  throw broken();
};

/** The first sheet of an XLSX workbook; formulas are never worked out, their kept values are read. Throws IMPORT_UNREADABLE. */
export const readXlsx = (file: Buffer): Table => {
  const unzip = openZip(file);
  const workbook = unzip('xl/workbook.xml');
  const relations = unzip('xl/_rels/workbook.xml.rels');
  if (workbook === null || relations === null)
    throw fileRefused('Это архив, но не книга XLSX.', 'This is an archive, but no XLSX workbook.');
  const sheet = unzip(firstSheet(workbook, relations));
  if (sheet === null) throw broken();
  const strings = sharedStrings(unzip('xl/sharedStrings.xml'));
  const from1904 = /date1904="(1|true)"/.test(workbook);
  return { format: 'xlsx', ...sheetOf(sheet, strings), from1904 };
};
