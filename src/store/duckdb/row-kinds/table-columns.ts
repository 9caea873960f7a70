import type { DuckDBType, DuckDBValue } from '@duckdb/node-api';

/** How rows of one kind become columns of one table, `seq` left out. */
export interface TableColumns<T> {
  readonly table: string;
  readonly columns: readonly (readonly [name: string, type: DuckDBType, value: (row: T) => DuckDBValue])[];
}

/** A row that comes after the cell of its time was made is kept and left out of figures; absent: in time. */
export interface Withholdable {
  readonly withheld?: boolean;
}

/** Names of a table's columns, `seq` left out. */
export const columnNames = <T>({ columns }: TableColumns<T>): string => columns.map(([name]) => name).join(', ');

/** A time as stored, epoch ms. */
export const epochMs = (ts: number): bigint => BigInt(Math.round(ts));
