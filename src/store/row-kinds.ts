import { FRAME_SUMS } from '../contracts/figures/me1-sums.js';
import type { FrameCount } from '../contracts/sample.js';
import { ROW_KINDS, type RowCounts, type RowKind, type RowsByKind, type StoredRows } from './ports/row-sink.js';

/** What every engine has to know of a kind of rows. */
export interface RowKindRules<Row> {
  /** The time a row belongs to, epoch ms. */
  readonly timeOf: (row: Row) => number;
  /** Which rows of one commit are kept, in which form. */
  readonly settled: (rows: readonly Row[]) => readonly Row[];
  /** Rows live as long as raw samples, or as long as the sums made of them. */
  readonly keptAs: 'samples' | 'rollups';
}

const lastOf = <Row>(rows: readonly Row[], keyOf: (row: Row) => string): readonly Row[] => [
  ...new Map(rows.map((row) => [keyOf(row), row])).values(),
];

const firstOf = <Row>(rows: readonly Row[], keyOf: (row: Row) => string): readonly Row[] =>
  lastOf(rows.toReversed(), keyOf).toReversed();

const addedFrames = (a: FrameCount, b: FrameCount): FrameCount => ({
  ...a,
  ...Object.fromEntries(FRAME_SUMS.map((name) => [name, (a[name] ?? 0) + (b[name] ?? 0)])),
});

/** One row per second and place of what the frames of a commit counted. */
const perSecond = (frames: readonly FrameCount[]): readonly FrameCount[] => {
  const rows = new Map<string, FrameCount>();
  for (const frame of frames) {
    const key = JSON.stringify([frame.ts, frame.streamId, frame.role, frame.zoneId]);
    const known = rows.get(key);
    rows.set(key, known === undefined ? frame : addedFrames(known, frame));
  }
  return [...rows.values()];
};

/** The kinds of rows and their rules; an engine registers how it keeps each of them. */
export const ROW_RULES: { readonly [Kind in RowKind]: RowKindRules<StoredRows[Kind]> } = {
  samples: { timeOf: ({ ts }) => ts, settled: (rows) => rows, keptAs: 'samples' },
  frames: { timeOf: ({ ts }) => ts, settled: perSecond, keptAs: 'samples' },
  tracks: {
    timeOf: ({ startTs }) => startTs,
    settled: (rows) => lastOf(rows, ({ trackId, role }) => `${trackId} ${role}`),
    keptAs: 'rollups',
  },
  contacts: { timeOf: ({ startTs }) => startTs, settled: (rows) => lastOf(rows, ({ id }) => id), keptAs: 'rollups' },
  observations: {
    timeOf: ({ ts }) => ts,
    // A fact is never changed: what comes again under its id and revision is the same.
    settled: (rows) => firstOf(rows, ({ id, rev }) => `${id} ${rev}`),
    keptAs: 'rollups',
  },
  checkGroups: { timeOf: ({ ts }) => ts, settled: (rows) => firstOf(rows, ({ id }) => id), keptAs: 'rollups' },
};

/** One number per kind of rows. */
export const perKind = (valueOf: (kind: RowKind) => number): RowCounts =>
  Object.fromEntries(ROW_KINDS.map((kind) => [kind, valueOf(kind)])) as RowCounts;

/** Rows of a batch by kind. */
export const countRows = (batch: RowsByKind): RowCounts => perKind((kind) => batch[kind]?.length ?? 0);

/** Times of the rows of one kind in a batch, epoch ms. */
export const timesOf = <Kind extends RowKind>(batch: Pick<RowsByKind, Kind>, kind: Kind): readonly number[] => {
  const rows: RowsByKind[Kind] | undefined = batch[kind];
  return rows?.map(ROW_RULES[kind].timeOf) ?? [];
};
