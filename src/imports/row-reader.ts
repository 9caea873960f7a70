import type { Counter } from '../contracts/observation.js';
import type { ImportField, ImportMapping } from '../contracts/service/import-mapping.js';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../time/units.js';
import { factIdOf } from './fact-id.js';
import type { Columns } from './head.js';
import type { ImportSite, Named, PlannedFact } from './import-site.js';
import { clockOf, instantOf, momentOf } from './moments.js';
import { type DecimalMark, numberOf } from './numbers.js';
import { fileRefused, RowRefused } from './refused.js';
import type { Cell, TableRow } from './table.js';

type Fact = PlannedFact['fact'];

const COUNTERS = {
  ...{ receipts: 'receipt', items: 'item', visitors: 'visitor', consultations: 'consultation' },
  ...{ served: 'served', requests: 'request' },
} as const satisfies Partial<Record<ImportField, Counter>>;

/** Clocks of tills may be ahead of ours by this. */
const AHEAD_MS = 10 * MINUTE_MS;
const NOON_MS = 12 * HOUR_MS;

export interface RowReaderParts {
  readonly columns: Columns;
  readonly names: readonly string[];
  readonly measures: readonly ImportField[];
  readonly rows: 'hour' | 'receipt';
  readonly mapping: ImportMapping;
  readonly site: ImportSite;
  readonly from1904: boolean;
  readonly decimal: DecimalMark | null;
  /** Merged columns of a line, and the line where each merge begins. */
  readonly covered: ReadonlyMap<number, ReadonlyMap<number, number>>;
  readonly body: readonly TableRow[];
}

const lookUp = (items: readonly Named[], others: Readonly<Record<string, string>> = {}): Map<string, string> => {
  const found = new Map<string, string>();
  for (const { id, name } of items) found.set(name.toLowerCase(), id);
  for (const { id } of items) found.set(id.toLowerCase(), id);
  for (const [name, id] of Object.entries(others))
    if (items.some((item) => item.id === id)) found.set(name.toLowerCase(), id);
  return found;
};

const textOf = (cell: Cell): string => String(cell).trim();

/** Reads the rows under a head into facts. */
export class RowReader {
  private readonly parts: RowReaderParts;
  private readonly places: ReadonlyMap<string, string>;
  private readonly employees: ReadonlyMap<string, string>;
  private readonly onlyPlace: string | null;
  /** Cells of the first rows of merges, by line. */
  private readonly firsts = new Map<number, readonly Cell[]>();
  private readonly isOfDays: boolean;

  constructor(parts: RowReaderParts) {
    this.parts = parts;
    const { site, mapping, columns, body, covered } = parts;
    const places = [...site.streams, ...site.places];
    this.places = lookUp(places, mapping.places);
    this.employees = lookUp(site.employees, mapping.employees);
    if (covered.size > 0) for (const { line, cells } of body) this.firsts.set(line, cells);
    const [first] = site.places;
    const asked = mapping.place ?? (columns.place === undefined && site.places.length === 1 ? first?.id : undefined);
    this.onlyPlace = asked === undefined ? null : (this.places.get(asked.toLowerCase()) ?? null);
    if (asked !== undefined && this.onlyPlace === null)
      throw fileRefused(`Места «${asked.slice(0, 80)}» нет.`, `There is no place "${asked.slice(0, 80)}".`);
    if (asked === undefined && columns.place === undefined)
      throw fileRefused(
        'Укажите место (--place): столбца мест в файле нет.',
        'Give a place: the file has no column of places.',
      );
    const named = new Set(columns.place === undefined ? [] : body.map((row) => textOf(this.cell(row, 'place'))));
    named.delete('');
    if (mapping.place !== undefined && named.size > 1)
      throw fileRefused('Место указано одно, а в файле их несколько.', 'One place is given, but the file has several.');
    this.isOfDays = columns.hour === undefined && body.every((row) => this.isMidnight(row));
  }

  /** The facts of a row; throws RowRefused. */
  read(row: TableRow): readonly Fact[] {
    const ts = this.timeOf(row);
    if (ts > this.parts.site.now + AHEAD_MS) throw new RowRefused('TIME_AHEAD');
    const placeId = this.placeOf(row);
    const employeeId = this.employeeOf(row);
    const facts = this.parts.rows === 'receipt' ? this.receipt(row, ts) : this.hour(row, ts, employeeId);
    if (facts.length === 0) throw new RowRefused('ROW_EMPTY');
    const { siteId } = this.parts.site;
    return facts.map(({ key, ...told }) => {
      const common = { id: factIdOf(['import', siteId, placeId, ...key]), rev: 0, ts, placeId };
      return 'n' in told && employeeId !== null ? { ...common, ...told, employeeId } : { ...common, ...told };
    });
  }

  private hour(row: TableRow, ts: number, employeeId: string | null) {
    return this.parts.measures.flatMap((field) => {
      const value = this.number(row, field);
      if (value === null) return [];
      return [this.told(field, value, [field, ts, employeeId ?? ''])];
    });
  }

  private receipt(row: TableRow, ts: number) {
    const number = textOf(this.cell(row, 'number'));
    if (number === '') throw new RowRefused('DOCUMENT_MISSING', this.nameOf('number'));
    const operation = textOf(this.cell(row, 'operation')).toLowerCase();
    const isReturn = /^(возврат( прихода)?|return|refund)$/.test(operation);
    if (!isReturn && !/^(|приход|продажа|sale|1)$/.test(operation))
      throw new RowRefused('OPERATION_UNKNOWN', this.nameOf('operation'));
    const amount = this.number(row, 'revenue');
    if (amount === null) throw new RowRefused('ROW_EMPTY');
    if (isReturn && amount < 0) throw new RowRefused('NUMBER_UNREADABLE', this.nameOf('revenue'));
    const items = this.parts.columns.items === undefined ? null : this.number(row, 'items');
    const key = ['document', textOf(this.cell(row, 'till')), number, ts];
    const sign = isReturn ? -1 : 1;
    return [
      // Money goes back, but whoever brings something back was not a customer less.
      ...(isReturn ? [] : [this.told('receipts', 1, ['receipts', ...key])]),
      this.told('revenue', sign * amount, ['revenue', ...key]),
      ...(items === null ? [] : [this.told('items', sign * items, ['items', ...key])]),
    ];
  }

  private told(field: ImportField, value: number, key: readonly (string | number)[]) {
    if (field === 'revenue')
      return {
        key,
        kind: 'amount' as const,
        counter: 'revenue' as const,
        value,
        currency: this.parts.mapping.currency,
      };
    return { key, kind: 'count' as const, counter: COUNTERS[field as keyof typeof COUNTERS], n: value };
  }

  private number(row: TableRow, field: ImportField): number | null {
    const column = this.parts.columns[field] ?? -1;
    if (this.parts.covered.get(row.line)?.has(column) === true)
      throw new RowRefused('NUMBER_MERGED', this.nameOf(field));
    const value = numberOf(row.cells[column] ?? '', this.parts.decimal, this.nameOf(field));
    if (value !== null && field !== 'revenue' && !(Number.isSafeInteger(value) && value >= 0))
      throw new RowRefused('NUMBER_NOT_WHOLE', this.nameOf(field));
    if (value !== null && Math.abs(value) > 1e12) throw new RowRefused('NUMBER_UNREADABLE', this.nameOf(field));
    return value;
  }

  private timeOf(row: TableRow): number {
    const { columns, from1904, mapping, site } = this.parts;
    const field = columns.time === undefined ? 'date' : 'time';
    const moment = momentOf(this.cell(row, field), from1904, this.nameOf(field));
    if (columns.hour !== undefined && field === 'date') {
      const day = Math.floor(moment.wallMs / DAY_MS) * DAY_MS;
      if (moment.isExact || moment.wallMs !== day) throw new RowRefused('TIME_UNREADABLE', this.nameOf(field));
      return instantOf(
        { wallMs: day + clockOf(this.cell(row, 'hour'), this.nameOf('hour')), isExact: false },
        site.zone,
      );
    }
    if (this.isOfDays || (!moment.hasTime && typeof this.cell(row, field) === 'string')) {
      if (!mapping.wholeDays) throw new RowRefused('TIME_MISSING', this.nameOf(field));
      return instantOf({ wallMs: moment.wallMs + NOON_MS, isExact: moment.isExact }, site.zone);
    }
    return instantOf(moment, site.zone);
  }

  /** Whether a row tells a day alone; one that cannot be read does not tell otherwise. */
  private isMidnight(row: TableRow): boolean {
    const field = this.parts.columns.time === undefined ? 'date' : 'time';
    try {
      return momentOf(this.cell(row, field), this.parts.from1904, '').wallMs % DAY_MS === 0;
    } catch (error) {
      if (error instanceof RowRefused) return true;
      throw error;
    }
  }

  private placeOf(row: TableRow): string {
    if (this.onlyPlace !== null) return this.onlyPlace;
    const found = this.places.get(textOf(this.cell(row, 'place')).toLowerCase());
    if (found === undefined) throw new RowRefused('PLACE_UNKNOWN', this.nameOf('place'));
    return found;
  }

  private employeeOf(row: TableRow): string | null {
    const { columns, mapping } = this.parts;
    // Who stood at the till is asked for, or the site keeps a list of its people.
    const isWanted = mapping.columns?.employee !== undefined || this.employees.size > 0;
    if (columns.employee === undefined || !isWanted) return null;
    const name = textOf(this.cell(row, 'employee'));
    if (name === '') return null;
    const found = this.employees.get(name.toLowerCase());
    if (found === undefined) throw new RowRefused('EMPLOYEE_UNKNOWN', this.nameOf('employee'));
    return found;
  }

  /** A cell; one under the first of a merge says what the first says. */
  private cell(row: TableRow, field: ImportField): Cell {
    const column = this.parts.columns[field];
    if (column === undefined) return '';
    const own = row.cells[column] ?? '';
    const from = own === '' ? this.parts.covered.get(row.line)?.get(column) : undefined;
    return from === undefined ? own : (this.firsts.get(from)?.[column] ?? '');
  }

  private nameOf(field: ImportField): string {
    return this.parts.names[this.parts.columns[field] ?? -1] ?? field;
  }
}
