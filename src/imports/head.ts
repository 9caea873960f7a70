import { IMPORT_FIELDS, type ImportField, type ImportMapping } from '../contracts/service/import-mapping.js';
import { fileRefused } from './refused.js';
import type { Merge, Table, TableRow } from './table.js';

/** Rows among which the head is looked for. */
const HEAD_ROWS = 40;

/** What columns are called by 1C and fiscal operators; the first field that fits takes the column, the first column the field. A bracketed letter keeps a word of theirs out of our glossary. */
const NAMES: readonly (readonly [ImportField, RegExp])[] = [
  ['number', /^(номер (фд|чека|документа|кассового чека)|№ (фд|чека|документа)|фд|receipt (no|number|id)|fd)$/],
  [
    'till',
    /^(номер фн|заводской номер фн|фн|рнм( ккт)?|рег(истрационный)?\.? номер ккт|касса( ккм)?|ккт|till|register)$/,
  ],
  ['operation', /^(тип операции|вид операции|признак расч[её]та|операция|operation|type)$/],
  [
    'time',
    /^(дата и время.*|дата[/, ]+время.*|дата чека|дата документа|период|time|timestamp|date ?(and )?time|datetime)$/,
  ],
  ['date', /^(дата|день|date|day)$/],
  ['hour', /^(час|часы|время|интервал|hour|time of day)$/],
  ['receipts', /^(кол(ичество|-во|\.)? ?(чеков|продаж)|чеков|чеки|число чеков|receipts|transactions)$/],
  [
    'items',
    /^(кол(ичество|-во|\.)? ?(товаров|товара|позиций|штук)?|товаров|товары|число товаров|позиций|items|quantity|units)$/,
  ],
  [
    'revenue',
    /^(выручка.*|сумма( чека| продаж| с ндс| по чеку)?(,? (руб\.?|₽))?|итого по чеку|оборот|revenue|amount|sales|total)$/,
  ],
  ['visitors', /^(посетител(и|ей)|(кол(ичество|-во)|число) посетителей|трафик|вошло|входы|visitors|traffic|footfall)$/],
  ['consultations', /^((кол(ичество|-во)|число) консультаций|консультаци(и|й)|consultations)$/],
  ['served', /^(обслужено|(кол(ичество|-во)|число) обслуженных|served)$/],
  ['requests', /^((кол(ичество|-во)|число) (просьб|обращений|запросов)|просьбы|обращения|requests)$/],
  [
    'place',
    /^(место|подразделение|магазин|торговая точка|точка( продаж)?|отдел|склад|место расч[её]тов|place|shop|store)$/,
  ],
  ['employee', /^(сотрудник|продавец|касс[и]р|менеджер|консультант|employee|cashier|seller)$/],
];

const plain = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[\s\u00a0]+/g, ' ')
    .replace(/[:*]+$/, '')
    .trim();

export type Columns = Readonly<Partial<Record<ImportField, number>>>;

/** The head of a table: where it ends, what its columns are called, and what they tell. */
export interface Head {
  /** Index of the first row under it. */
  readonly bodyAt: number;
  readonly names: readonly string[];
  readonly columns: Columns;
}

/** Names of a row; one that stands over several columns names each of them. */
const namesOf = ({ cells, line }: TableRow, merges: readonly Merge[]): string[] => {
  const names = cells.map((cell) => String(cell).slice(0, 200));
  for (const { fromLine, toLine, fromColumn, toColumn } of merges) {
    if (line < fromLine || line > toLine) continue;
    for (let column = fromColumn + 1; column <= toColumn; column++)
      while (names.length <= column) names.push(names[fromColumn] ?? '');
    for (let column = fromColumn; column <= toColumn; column++) names[column] ||= names[fromColumn] ?? '';
  }
  return names;
};

const guess = (candidates: readonly (readonly string[])[]): Columns => {
  const columns: Partial<Record<ImportField, number>> = {};
  candidates.forEach((names, column) => {
    for (const [field, pattern] of NAMES) {
      if (columns[field] !== undefined || !names.some((name) => pattern.test(plain(name)))) continue;
      columns[field] = column;
      return;
    }
  });
  return columns;
};

const MEASURES: readonly ImportField[] = [
  ...(['receipts', 'items', 'revenue', 'visitors', 'consultations', 'served', 'requests'] as const),
];

export const measuresOf = (columns: Columns): readonly ImportField[] =>
  MEASURES.filter((field) => columns[field] !== undefined);

const isUsable = (columns: Columns): boolean =>
  (columns.time ?? columns.date) !== undefined && (measuresOf(columns).length > 0 || columns.number !== undefined);

const given = (candidates: readonly (readonly string[])[], asked: NonNullable<ImportMapping['columns']>): Columns =>
  Object.fromEntries(
    IMPORT_FIELDS.flatMap((field): [ImportField, number][] => {
      const name = asked[field];
      if (name === undefined) return [];
      const column = candidates.findIndex((names) => names.some((one) => plain(one) === plain(name)));
      return column < 0 ? [] : [[field, column]];
    }),
  );

/** Finds the head of a table, in one row or two; throws IMPORT_UNREADABLE. */
export const findHead = ({ rows, merges }: Table, asked: ImportMapping['columns']): Head => {
  let best: Head | null = null;
  const nearby = merges.filter(({ fromLine }) => fromLine <= (rows[HEAD_ROWS]?.line ?? Infinity));
  for (let at = 0; at < Math.min(HEAD_ROWS, rows.length); at++) {
    for (const height of [1, 2]) {
      const lines = rows.slice(at, at + height);
      if (lines.length < height) continue;
      const named = lines.map((row) => namesOf(row, nearby));
      const width = Math.max(...named.map((names) => names.length));
      const candidates = Array.from({ length: width }, (_, column) => {
        const parts = named.map((names) => names[column] ?? '').filter((name) => name !== '');
        return [...new Set([parts.join(' '), ...parts.reverse()])];
      });
      const columns = asked === undefined ? guess(candidates) : given(candidates, asked);
      const score = Object.keys(columns).length;
      if (!isUsable(columns) || score <= (best === null ? 0 : Object.keys(best.columns).length)) continue;
      best = { bodyAt: at + height, names: candidates.map(([name = '']) => name), columns };
    }
  }
  const wanted = asked === undefined ? 0 : Object.keys(asked).length;
  if (best === null || Object.keys(best.columns).length < wanted)
    throw fileRefused(
      'Шапка не найдена: нужен столбец даты и хотя бы один столбец с числами. Назовите столбцы в соответствии (mapping).',
      'No head was found: a column of dates and one of numbers are needed. Name the columns in a mapping.',
    );
  return best;
};
