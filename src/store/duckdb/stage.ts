import { DuckDBDataChunk, type DuckDBAppender, type DuckDBConnection } from '@duckdb/node-api';
import { columnNames, type TableColumns } from './row-kinds/table-columns.js';

/** Rows turned into columns between two turns of the event loop. */
const ROWS_PER_TURN = 256;
/** A temporary table keeps the room of rows that were deleted, so it is made anew after so many. */
const ROWS_PER_TABLE = 4096;

/**
 * A temporary table that rows pass through on their way into a table of the file. Its appender and chunk each hold room
 * for 2048 rows (a megabyte and more) that only the garbage collector gives back, without knowing how much it is; two
 * new ones with every commit had the process grow for hours. So they are kept.
 */
export class Stage<T> {
  /** Rows it holds now. */
  count = 0;
  private chunk: DuckDBDataChunk | null = null;
  private appender: DuckDBAppender | null = null;
  private room = 0;

  constructor(
    private readonly connection: DuckDBConnection,
    private readonly table: TableColumns<T>,
  ) {}

  get name(): string {
    return `temp.stage_${this.table.table}`;
  }

  /** Takes the rows out again. */
  get emptySql(): string {
    return `DELETE FROM ${this.name}`;
  }

  /** Takes rows in; lets the event loop breathe in between. `emptySql` is to be run before the next ones. */
  async fill(rows: readonly T[]): Promise<void> {
    this.count = 0;
    if (rows.length === 0) return;
    const appender = await this.open();
    for (let start = 0; start < rows.length; start += ROWS_PER_TURN) {
      appender.appendDataChunk(this.chunkOf(rows.slice(start, start + ROWS_PER_TURN)));
      // Unflushed rows would be moved all at once at the end.
      appender.flushSync();
      if (start + ROWS_PER_TURN < rows.length) await new Promise<void>((resolve) => setImmediate(resolve));
    }
    this.room -= rows.length;
    this.count = rows.length;
  }

  /** To be called when the transaction was taken back, and the temporary table with it. */
  forget(): void {
    this.count = 0;
    try {
      // What it still holds would be written when it is collected, into whatever has its table's name then.
      this.appender?.clear();
    } catch {
      // Its connection is gone, and the table with it.
    }
    this.appender = null;
  }

  private async open(): Promise<DuckDBAppender> {
    if (this.appender !== null && this.room > 0) return this.appender;
    const { table } = this.table;
    await this.connection.run(
      `CREATE OR REPLACE TEMP TABLE stage_${table} AS SELECT ${columnNames(this.table)} FROM ${table} LIMIT 0`,
    );
    this.room = ROWS_PER_TABLE;
    this.appender = await this.connection.createAppender(`stage_${table}`, null, 'temp');
    return this.appender;
  }

  private chunkOf(rows: readonly T[]): DuckDBDataChunk {
    const { columns } = this.table;
    this.chunk ??= DuckDBDataChunk.create(columns.map(([, type]) => type));
    this.chunk.reset();
    this.chunk.rowCount = rows.length;
    this.chunk.setColumns(columns.map(([, , value]) => rows.map(value)));
    return this.chunk;
  }
}
