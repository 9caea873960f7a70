import type { DuckDBConnection } from '@duckdb/node-api';
import type { RowKind, RowsByKind, StoredRows } from '../../ports/row-sink.js';
import { ROW_RULES } from '../../row-kinds.js';
import type { GivenOut } from '../given-out.js';
import { Stage } from '../stage.js';
import { columnNames, type TableColumns } from './table-columns.js';

/** Rows on their way into one table. */
interface TableWay<Row, Stored> {
  readonly columns: TableColumns<Stored>;
  /** What of the settled rows goes into this table. */
  readonly storedOf: (rows: readonly Row[]) => readonly Stored[];
  /** Statements that move what is staged, in order; `stage` is the name of the staging table. */
  readonly moves: (stage: string, seq: number, rows: readonly Stored[]) => readonly string[];
}

/** Rows of one commit on their way into one table, whatever they are. */
interface StagedTable<Row> {
  fill(rows: readonly Row[]): Promise<void>;
  moves(seq: number): readonly string[];
  forget(): void;
}

/** A table that a kind of rows fills. */
export interface OwnTable<Row> {
  readonly name: string;
  readonly stage: (connection: DuckDBConnection) => StagedTable<Row>;
}

/** A table of a kind of rows: its columns, and how staged rows get into it. */
export const ownTable = <Row, Stored>(way: TableWay<Row, Stored>): OwnTable<Row> => ({
  name: way.columns.table,
  stage: (connection) => {
    const stage = new Stage(connection, way.columns);
    let staged: readonly Stored[] = [];
    return {
      fill: async (rows) => {
        staged = way.storedOf(rows);
        await stage.fill(staged);
      },
      moves: (seq) => (stage.count > 0 ? [...way.moves(stage.name, seq, staged), stage.emptySql] : []),
      forget: () => stage.forget(),
    };
  },
});

/** How a kind of rows is kept in tables. */
export interface RowKindTables<Row> {
  /** Its own table first, then those that depend on it, in the order in which they are filled. */
  readonly tables: readonly OwnTable<Row>[];
  /** Version of the schema that brought its own table. */
  readonly since: number;
  /** Column of its own table with the time by which rows expire. */
  readonly time: string;
  /** Rows that come after the cell of their time was given out are marked; absent: such rows are in no cell. */
  readonly marked?: (given: GivenOut, rows: readonly Row[]) => readonly Row[];
  /** Statements that let rows of dependent tables go, before those of its own table that `condition` selects. */
  readonly dropDependent?: (condition: string) => readonly string[];
}

/** Rows of one kind on their way into their tables. */
export interface StagedKind {
  fill(batches: readonly RowsByKind[], given: GivenOut): Promise<void>;
  /** What moves the staged rows, in order; nothing where there are none. */
  moves(seq: number): readonly string[];
  forget(): void;
}

/** A kind of rows as the rest of the engine knows it. */
export interface RegisteredKind {
  readonly kind: RowKind;
  readonly keptAs: 'samples' | 'rollups';
  readonly table: string;
  readonly time: string;
  readonly since: number;
  readonly dropDependent: (condition: string) => readonly string[];
  readonly stage: (connection: DuckDBConnection) => StagedKind;
}

/** Registers how a kind of rows is kept. */
export const registered = <Kind extends RowKind>(kind: Kind, way: RowKindTables<StoredRows[Kind]>): RegisteredKind => {
  const { settled, keptAs } = ROW_RULES[kind];
  const { tables, since, time, marked, dropDependent } = way;
  return {
    kind,
    keptAs,
    since,
    time,
    table: tables[0]?.name ?? kind,
    dropDependent: dropDependent ?? (() => []),
    stage: (connection) => {
      const stages = tables.map((table) => table.stage(connection));
      return {
        fill: async (batches, given) => {
          const all = batches.flatMap((batch): readonly StoredRows[Kind][] => {
            const rows: RowsByKind[Kind] = batch[kind];
            return rows ?? [];
          });
          const rows = settled(all);
          const kept = marked?.(given, rows) ?? rows;
          for (const stage of stages) await stage.fill(kept);
        },
        moves: (seq) => stages.flatMap((stage) => stage.moves(seq)),
        forget: () => stages.forEach((stage) => stage.forget()),
      };
    },
  };
};

/** Statement that copies staged rows as they are. */
export const copied = <Stored>(columns: TableColumns<Stored>, stage: string, seq: number): string => {
  const names = columnNames(columns);
  return `INSERT INTO ${columns.table} (seq, ${names}) SELECT ${seq}, ${names} FROM ${stage}`;
};
