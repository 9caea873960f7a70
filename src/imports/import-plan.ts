import { IMPORT_FIELDS, type ImportField, type ImportMapping } from '../contracts/service/import-mapping.js';
import { findHead, measuresOf } from './head.js';
import type { ImportSite, PlannedFact } from './import-site.js';
import { decimalMarkOf } from './numbers.js';
import { readTable } from './read-table.js';
import { fileRefused, type RefusedRow, ROW_FAULTS, RowRefused } from './refused.js';
import { RowReader } from './row-reader.js';
import type { Cell, Merge, Table, TableRow } from './table.js';

/** What importing a file would do. */
export interface ImportPlan {
  readonly format: Table['format'];
  readonly encoding?: string;
  readonly delimiter?: string;
  readonly rows: 'hour' | 'receipt';
  /** What is read from which column. */
  readonly columns: Readonly<Partial<Record<ImportField, string>>>;
  readonly head: readonly string[];
  readonly firstRows: readonly (readonly Cell[])[];
  /** Rows with content under the head, totals among them. */
  readonly rowCount: number;
  /** Rows of totals, which are not read. */
  readonly totals: number;
  readonly facts: readonly PlannedFact[];
  readonly refused: readonly RefusedRow[];
}

const SHOWN_ROWS = 5;
const TOTAL = /^(итого|итог|всего|общий итог|total|grand total)(?![\p{L}])/iu;

const isTotal = ({ cells }: TableRow): boolean => {
  const first = cells.find((cell) => cell !== '');
  return typeof first === 'string' && TOTAL.test(first);
};

/** Cells below the first of a merge, by line. */
const coveredIn = (merges: readonly Merge[], lines: ReadonlySet<number>): Map<number, Map<number, number>> => {
  const covered = new Map<number, Map<number, number>>();
  let budget = 2_000_000;
  for (const { fromLine, toLine, fromColumn } of merges) {
    // The first line too: a number there stands for all of them.
    for (let line = fromLine; toLine > fromLine && line <= toLine && lines.has(fromLine); line++) {
      if (--budget < 0) throw fileRefused('Слишком много объединённых ячеек.', 'There are too many merged cells.');
      const columns = covered.get(line) ?? new Map<number, number>();
      columns.set(fromColumn, fromLine);
      covered.set(line, columns);
    }
  }
  return covered;
};

const refusedOf = (line: number, error: unknown): RefusedRow => {
  if (!(error instanceof RowRefused)) throw error;
  const { code, column } = error;
  return { line, code, message: ROW_FAULTS[code], ...(column === undefined ? {} : { column }) };
};

/** Reads a file into facts and refused rows, and stores nothing; throws IMPORT_UNREADABLE where it cannot be read at all. */
export const planImport = (bytes: Uint8Array, mapping: ImportMapping, site: ImportSite): ImportPlan => {
  const table = readTable(bytes);
  const head = findHead(table, mapping.columns);
  const { columns, names } = head;
  const body = table.rows.slice(head.bodyAt);
  const rows = mapping.rows ?? (columns.number === undefined ? 'hour' : 'receipt');
  if (rows === 'receipt' && (columns.number === undefined || columns.revenue === undefined))
    throw fileRefused(
      'У чеков нужны столбцы номера и суммы: без номера один чек не отличить от другого.',
      'Receipts need columns of their number and amount: without a number one cannot be told from another.',
    );
  const measures = measuresOf(columns);
  const numbers = function* (): Generator<Cell> {
    for (const { cells } of body) for (const field of measures) yield cells[columns[field] ?? -1] ?? '';
  };
  const reader = new RowReader({
    ...{ columns, names, rows, mapping, site, from1904: table.from1904 },
    measures,
    decimal: mapping.decimal ?? decimalMarkOf(numbers()),
    covered: coveredIn(table.merges, new Set(body.map(({ line }) => line))),
    body: body.filter((row) => !isTotal(row)),
  });
  const facts: PlannedFact[] = [];
  const refused: RefusedRow[] = [];
  const seen = new Set<string>();
  let totals = 0;
  for (const row of body) {
    try {
      if (row.isCut === true) throw new RowRefused('LINE_CUT');
      if (isTotal(row)) {
        totals++;
        continue;
      }
      if (table.format === 'text' && row.cells.length !== names.length) throw new RowRefused('COLUMNS');
      const told = reader.read(row);
      if (told.some(({ id }) => seen.has(id))) throw new RowRefused('ROW_REPEATED');
      for (const fact of told) {
        seen.add(fact.id);
        facts.push({ line: row.line, fact });
      }
    } catch (error) {
      refused.push(refusedOf(row.line, error));
    }
  }
  const { format, encoding, delimiter } = table;
  return {
    ...{ format, rows, totals, facts, refused, head: names, rowCount: body.length },
    ...(encoding === undefined ? {} : { encoding }),
    ...(delimiter === undefined ? {} : { delimiter }),
    columns: Object.fromEntries(
      IMPORT_FIELDS.flatMap((field) => {
        const column = columns[field];
        return column === undefined ? [] : [[field, names[column] ?? '']];
      }),
    ),
    firstRows: body.slice(0, SHOWN_ROWS).map(({ cells }) => cells.slice(0, 20)),
  };
};
