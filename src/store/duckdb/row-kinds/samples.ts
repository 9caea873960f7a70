import { BIGINT, BOOLEAN, DOUBLE, FLOAT, USMALLINT, VARCHAR } from '@duckdb/node-api';
import { EMOTIONS } from '../../../contracts/emotion.js';
import type { Sample } from '../../../contracts/sample.js';
import { ownTable, registered } from './row-kind.js';
import { columnNames, epochMs, type TableColumns, type Withholdable } from './table-columns.js';

/** Pose and box are kept to a hundredth of a degree and 1e-5 of the frame, which compresses to a third. */
const rounded = (value: number, steps: number): number => Math.round(value * steps) / steps;

/** Samples as stored. */
export const SAMPLES: TableColumns<Sample & Withholdable> = {
  table: 'samples',
  columns: [
    ['ts', BIGINT, (s) => epochMs(s.ts)],
    ['stream', VARCHAR, (s) => s.streamId],
    ['zone', VARCHAR, (s) => s.zoneId],
    ['role', VARCHAR, (s) => s.role],
    ['track', VARCHAR, (s) => s.trackId],
    ['happiness', DOUBLE, (s) => s.emotions.happiness],
    ...EMOTIONS.filter((emotion) => emotion !== 'happiness').map(
      (emotion) => [emotion, FLOAT, (s: Sample & Withholdable) => s.emotions[emotion]] as const,
    ),
    ...EMOTIONS.map(
      (emotion) => [`raw_${emotion}`, FLOAT, (s: Sample & Withholdable) => s.rawEmotions[emotion]] as const,
    ),
    ['mood', FLOAT, (s) => s.mood],
    ['age', DOUBLE, (s) => s.age],
    ['gender', DOUBLE, (s) => s.gender],
    ['yaw', FLOAT, (s) => rounded(s.pose.yaw, 100)],
    ['pitch', FLOAT, (s) => rounded(s.pose.pitch, 100)],
    ['roll', FLOAT, (s) => rounded(s.pose.roll, 100)],
    ['attention', BOOLEAN, (s) => s.attention],
    ['box_x', FLOAT, (s) => rounded(s.box.x, 1e5)],
    ['box_y', FLOAT, (s) => rounded(s.box.y, 1e5)],
    ['box_width', FLOAT, (s) => rounded(s.box.width, 1e5)],
    ['box_height', FLOAT, (s) => rounded(s.box.height, 1e5)],
    ['size_px', DOUBLE, (s) => s.sizePx],
    ['quality', FLOAT, (s) => s.quality],
    ['faces_in_frame', USMALLINT, (s) => s.facesInFrame],
    ['withheld', BOOLEAN, (s) => s.withheld ?? false],
  ],
};

/** A face is measured once per frame, so (stream, role, track, ts) seen before is a repetition. */
const moves = (stage: string, seq: number, rows: readonly Sample[]): readonly string[] => {
  let fromTs = Infinity;
  let toTs = -Infinity;
  for (const { ts } of rows) {
    if (ts < fromTs) fromTs = ts;
    if (ts > toTs) toTs = ts;
  }
  const names = columnNames(SAMPLES);
  // Literal bounds let the engine skip every block of the table outside them.
  return [
    `INSERT INTO samples (seq, ${names})
      SELECT ${seq}, ${names} FROM ${stage} s
      WHERE NOT EXISTS (
        SELECT 1 FROM samples k WHERE k.ts BETWEEN ${Math.floor(fromTs)} AND ${Math.ceil(toTs)}
          AND k.ts = s.ts AND k.stream = s.stream AND k.role = s.role AND k.track = s.track)
      QUALIFY row_number() OVER (PARTITION BY stream, role, track, ts) = 1
      ORDER BY ts`,
  ];
};

/** One row per face and analysed frame. */
export const samples = registered('samples', {
  since: 1,
  time: 'ts',
  marked: (given, rows) =>
    given.marked(rows, (row) => ({ kind: 'view', id: row.streamId, role: row.role, ts: row.ts })),
  tables: [ownTable({ columns: SAMPLES, storedOf: (rows: readonly Sample[]) => rows, moves })],
});
