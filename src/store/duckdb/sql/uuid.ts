import { DuckDBUUIDValue } from '@duckdb/node-api';

/** An id as the engine keeps it; throws SyntaxError for what is none. */
export const uuidOf = (id: string): DuckDBUUIDValue =>
  DuckDBUUIDValue.fromUint128(BigInt(`0x${id.replaceAll('-', '')}`));

/** The same as a literal, which lets the engine skip the blocks of a table that a parameter would not. */
export const uuidLiteral = (id: string): string => `'${uuidOf(id).toString()}'::UUID`;
