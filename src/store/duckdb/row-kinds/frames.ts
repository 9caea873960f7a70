import { BIGINT, BOOLEAN, UINTEGER, VARCHAR } from '@duckdb/node-api';
import type { FrameCount } from '../../../contracts/sample.js';
import { copied, ownTable, registered } from './row-kind.js';
import { epochMs, type TableColumns, type Withholdable } from './table-columns.js';

/** Frame counts as stored. */
const FRAMES: TableColumns<FrameCount & Withholdable> = {
  table: 'frames',
  columns: [
    ['ts', BIGINT, (f) => epochMs(f.ts)],
    ['stream', VARCHAR, (f) => f.streamId],
    ['zone', VARCHAR, (f) => f.zoneId],
    ['role', VARCHAR, (f) => f.role],
    ['analysed', UINTEGER, (f) => f.analysed],
    ['with_faces', UINTEGER, (f) => f.withFaces],
    ['faces', UINTEGER, (f) => f.faces],
    ['still', UINTEGER, (f) => f.still ?? 0],
    ['late', UINTEGER, (f) => f.late ?? 0],
    ['withheld', BOOLEAN, (f) => f.withheld ?? false],
  ],
};

/** Counts of frames by second and place; rows of several commits add up. */
export const frames = registered('frames', {
  since: 1,
  time: 'ts',
  marked: (given, rows) =>
    given.marked(rows, (row) => ({ kind: 'view', id: row.streamId, role: row.role, ts: row.ts })),
  tables: [
    ownTable({
      columns: FRAMES,
      storedOf: (rows: readonly FrameCount[]) => rows,
      moves: (stage, seq) => [copied(FRAMES, stage, seq)],
    }),
  ],
});
