import type { DuckDBConnection, DuckDBDataChunk, DuckDBValue } from '@duckdb/node-api';

export type Row = Readonly<Record<string, DuckDBValue>>;
export type SqlValues = Record<string, DuckDBValue>;

/** All rows of a statement as objects by column name. */
export const selectRows = async (
  connection: DuckDBConnection,
  sql: string,
  values?: SqlValues,
): Promise<readonly Row[]> => {
  const reader = await (values === undefined ? connection.runAndReadAll(sql) : connection.runAndReadAll(sql, values));
  return reader.getRowObjects();
};

/** Parts of an answer with a turn for everything else after each, so that many of them do not hold up the event loop. */
async function* oneByOne<Part>(parts: AsyncIterable<Part>): AsyncGenerator<Part> {
  for await (const part of parts) {
    yield part;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** A statement's rows some thousand at a time. */
export async function* streamChunks(
  connection: DuckDBConnection,
  sql: string,
  values: SqlValues,
): AsyncGenerator<DuckDBDataChunk> {
  yield* oneByOne(await connection.stream(sql, values));
}

/** The same as objects by column name. */
export async function* selectChunks(
  connection: DuckDBConnection,
  sql: string,
  values: SqlValues,
): AsyncGenerator<readonly Row[]> {
  yield* oneByOne((await connection.stream(sql, values)).yieldRowObjects());
}

/**
 * A number that is always there; DuckDB hands 64-bit integers over as bigint. Throws where it is NULL or not selected:
 * a column that may be empty is read by `numberOrNull`, and nothing unknown passes for zero.
 */
export const numberOf = (row: Row, column: string): number => {
  const value = numberOrNull(row, column);
  if (value === null) throw new TypeError(`Column ${column} holds no number`);
  return value;
};

/** A sum or count, which over no rows at all (NULL, or no row for this key) is zero. */
export const sumOf = (row: Row | undefined, column: string): number => (row && numberOrNull(row, column)) ?? 0;

/** A number column that may be NULL. */
export const numberOrNull = (row: Row, column: string): number | null => {
  const value = row[column];
  return value === null || value === undefined ? null : Number(value);
};

/** A text column. */
export const textOf = (row: Row, column: string): string => {
  const value = row[column];
  return typeof value === 'string' ? value : '';
};

/** A text column that may be NULL. */
export const textOrNull = (row: Row, column: string): string | null => {
  const value = row[column];
  return typeof value === 'string' ? value : null;
};
