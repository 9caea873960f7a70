import { VARCHAR } from '@duckdb/node-api';
import type { HeldRows } from '../ports/row-sink.js';
import type { TableColumns } from './row-kinds/table-columns.js';

/** Frames that wait, as stored. */
export const HELD: TableColumns<HeldRows> = {
  table: 'held',
  columns: [
    ['key', VARCHAR, (h) => h.key],
    ['content', VARCHAR, ({ samples, frames }) => JSON.stringify({ samples, frames })],
  ],
};
