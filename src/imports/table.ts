export const MOST_BYTES = 32 * 1024 * 1024;
export const MOST_ROWS = 1_000_000;
export const MOST_COLUMNS = 256;

/** Empty cells are ''. */
export type Cell = string | number;

export interface TableRow {
  /** Its line in the file, from 1. */
  readonly line: number;
  readonly cells: readonly Cell[];
  /** The file ends within it. */
  readonly isCut?: boolean;
}

/** Cells that are shown as one; rows are lines, columns from 0, both ends included. */
export interface Merge {
  readonly fromLine: number;
  readonly toLine: number;
  readonly fromColumn: number;
  readonly toColumn: number;
}

/** A table as it lies in a file; rows without any content are left out. */
export interface Table {
  readonly format: 'xlsx' | 'text';
  /** Encoding and delimiter of a text. */
  readonly encoding?: string;
  readonly delimiter?: string;
  readonly rows: readonly TableRow[];
  readonly merges: readonly Merge[];
  /** Excel days count from 1904. */
  readonly from1904: boolean;
}
