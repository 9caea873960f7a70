import { BIGINT, BOOLEAN, DOUBLE, DuckDBArrayValue, UINTEGER, VARCHAR } from '@duckdb/node-api';
import { EMOTIONS } from '../../../contracts/emotion.js';
import { AGE_BUCKETS } from '../../../contracts/me1.js';
import type { TrackSummary } from '../../../contracts/sample.js';
import { AGE_COLUMNS } from '../sql/age-columns.js';
import { SMILES, suffixCounts } from '../sql/smile-counts.js';
import { copied, ownTable, registered } from './row-kind.js';
import { epochMs, type TableColumns, type Withholdable } from './table-columns.js';

/** Visitors as stored. */
const TRACKS: TableColumns<TrackSummary & Withholdable> = {
  table: 'tracks',
  columns: [
    ['track', VARCHAR, (t) => t.trackId],
    ['stream', VARCHAR, (t) => t.streamId],
    ['zone', VARCHAR, (t) => t.zoneId],
    ['role', VARCHAR, (t) => t.role],
    ['start_ts', BIGINT, (t) => epochMs(t.startTs)],
    ['end_ts', BIGINT, (t) => epochMs(t.endTs)],
    ['samples', UINTEGER, (t) => t.samples],
    ['frame_share', DOUBLE, (t) => t.frameShare],
    ['smiles', SMILES, (t) => new DuckDBArrayValue(suffixCounts(t.happinessHistogram))],
    ...EMOTIONS.map((emotion) => [emotion, DOUBLE, (t: TrackSummary & Withholdable) => t.emotions[emotion]] as const),
    ['mood', DOUBLE, (t) => t.moodMean],
    ['dwell_ms', DOUBLE, (t) => t.dwellMs],
    ['attention_ms', DOUBLE, (t) => t.attentionMs],
    ['glances', UINTEGER, (t) => t.glances],
    ['longest_look_ms', DOUBLE, (t) => t.longestLookMs],
    ['male', UINTEGER, (t) => t.maleSamples],
    ['female', UINTEGER, (t) => t.femaleSamples],
    ...AGE_BUCKETS.map(
      (bucket) => [AGE_COLUMNS[bucket], UINTEGER, (t: TrackSummary & Withholdable) => t.ageSamples[bucket]] as const,
    ),
    ['age', DOUBLE, (t) => t.age],
    ['gender', DOUBLE, (t) => t.gender],
    ['withheld', BOOLEAN, (t) => t.withheld ?? false],
  ],
};

const moves = (stage: string, seq: number): readonly string[] => [
  // What was given out is not replaced: a later summary of such a visit would show by the difference.
  `DELETE FROM ${stage} USING tracks t WHERE ${stage}.withheld AND t.track = ${stage}.track
    AND t.role = ${stage}.role AND NOT t.withheld AND t.start_ts >= (SELECT min(start_ts) FROM ${stage})`,
  `DELETE FROM tracks USING ${stage} s WHERE tracks.track = s.track AND tracks.role = s.role
    AND tracks.start_ts >= (SELECT min(start_ts) FROM ${stage})`,
  copied(TRACKS, stage, seq),
];

/** One row per visitor and role; the last summary wins. */
export const tracks = registered('tracks', {
  since: 1,
  time: 'start_ts',
  marked: (given, rows) =>
    given.marked(rows, (row) => ({ kind: 'view', id: row.streamId, role: row.role, ts: row.startTs })),
  tables: [ownTable({ columns: TRACKS, storedOf: (rows: readonly TrackSummary[]) => rows, moves })],
});
