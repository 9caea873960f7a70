import {
  ARRAY,
  BIGINT,
  BOOLEAN,
  DOUBLE,
  DuckDBArrayValue,
  FLOAT,
  UINTEGER,
  USMALLINT,
  VARCHAR,
  type DuckDBType,
  type DuckDBValue,
} from '@duckdb/node-api';
import type { Burst, Contact } from '../../contracts/contact.js';
import { EMOTIONS } from '../../contracts/emotion.js';
import { AGE_BUCKETS, type AgeBucket } from '../../contracts/me1.js';
import type { FrameCount, Sample, TrackSummary } from '../../contracts/sample.js';
import type { HeldRows } from '../ports/row-sink.js';

/** How rows of one kind become columns of one table, `seq` left out. */
export interface TableColumns<T> {
  readonly table: string;
  readonly columns: readonly (readonly [name: string, type: DuckDBType, value: (row: T) => DuckDBValue])[];
}

/** Bins of a Happiness histogram: whole points 0…100. */
const HAPPINESS_BINS = 101;
const SMILES = ARRAY(UINTEGER, HAPPINESS_BINS);

/** Column of each age bucket's count. */
export const AGE_COLUMNS: Readonly<Record<AgeBucket, string>> = {
  '-20': 'age_0',
  '20-30': 'age_20',
  '30-40': 'age_30',
  '40-50': 'age_40',
  '50+': 'age_50',
};

/** Samples per bin → samples with Happiness ≥ k. */
const suffixCounts = (histogram: readonly number[]): number[] => {
  const counts = new Array<number>(HAPPINESS_BINS).fill(0);
  let sum = 0;
  for (let bin = HAPPINESS_BINS - 1; bin >= 0; bin -= 1) {
    sum += histogram[bin] ?? 0;
    counts[bin] = sum;
  }
  return counts;
};

/** The inverse of `suffixCounts`. */
export const histogramOf = (suffix: readonly number[]): number[] =>
  suffix.map((count, bin) => count - (suffix[bin + 1] ?? 0));

/** Pose and box are kept to a hundredth of a degree and 1e-5 of the frame, which compresses to a third. */
const rounded = (value: number, steps: number): number => Math.round(value * steps) / steps;

/** A row that comes after the cell of its time was made is kept and left out of figures; absent: in time. */
export interface Withholdable {
  readonly withheld?: boolean;
}

/** Samples as stored. */
export const SAMPLES: TableColumns<Sample & Withholdable> = {
  table: 'samples',
  columns: [
    ['ts', BIGINT, (s) => BigInt(Math.round(s.ts))],
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

/** Frame counts as stored. */
export const FRAMES: TableColumns<FrameCount & Withholdable> = {
  table: 'frames',
  columns: [
    ['ts', BIGINT, (f) => BigInt(Math.round(f.ts))],
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

/** Visitors as stored. */
export const TRACKS: TableColumns<TrackSummary & Withholdable> = {
  table: 'tracks',
  columns: [
    ['track', VARCHAR, (t) => t.trackId],
    ['stream', VARCHAR, (t) => t.streamId],
    ['zone', VARCHAR, (t) => t.zoneId],
    ['role', VARCHAR, (t) => t.role],
    ['start_ts', BIGINT, (t) => BigInt(Math.round(t.startTs))],
    ['end_ts', BIGINT, (t) => BigInt(Math.round(t.endTs))],
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

/** Contacts as stored, bursts apart. */
export const CONTACTS: TableColumns<Contact & Withholdable> = {
  table: 'contacts',
  columns: [
    ['id', VARCHAR, (c) => c.id],
    ['point', VARCHAR, (c) => c.pointId],
    ['start_ts', BIGINT, (c) => BigInt(Math.round(c.startTs))],
    ['end_ts', BIGINT, (c) => BigInt(Math.round(c.endTs))],
    ['seller_present', BOOLEAN, (c) => c.sellerPresent],
    ['qualified', BOOLEAN, (c) => c.qualified],
    ['rule', VARCHAR, (c) => c.rule],
    ['verdict', VARCHAR, (c) => c.verdict],
    ['answer_by_chance', DOUBLE, (c) => c.answerByChance],
    ['peak_verdict', VARCHAR, (c) => c.peakVerdict],
    ['baseline_happiness', DOUBLE, (c) => c.baselineHappiness],
    ['rise_over_baseline', DOUBLE, (c) => c.riseOverBaseline],
    ['latency_ms', DOUBLE, (c) => c.latencyMs],
    ['lag_r', DOUBLE, (c) => c.crossLag?.r ?? null],
    ['lag_ms', DOUBLE, (c) => c.crossLag?.lagMs ?? null],
    ['lag_p', DOUBLE, (c) => c.crossLag?.pValue ?? null],
    ['smile_count', UINTEGER, (c) => c.smiles.length],
    ['reason_ru', VARCHAR, (c) => c.reason.ru],
    ['reason_en', VARCHAR, (c) => c.reason.en],
    ['smiles', VARCHAR, (c) => JSON.stringify(c.smiles)],
    ['curve', VARCHAR, (c) => JSON.stringify(c.curve)],
    ['withheld', BOOLEAN, (c) => c.withheld ?? false],
  ],
};

/** Bursts as stored. */
export const BURSTS: TableColumns<Burst & { readonly contactId: string }> = {
  table: 'bursts',
  columns: [
    ['contact', VARCHAR, (b) => b.contactId],
    ['kind', VARCHAR, (b) => b.kind],
    ['start_ts', BIGINT, (b) => BigInt(Math.round(b.startTs))],
    ['end_ts', BIGINT, (b) => BigInt(Math.round(b.endTs))],
    ['rise', DOUBLE, (b) => b.rise],
  ],
};

/** Frames that wait, as stored. */
export const HELD: TableColumns<HeldRows> = {
  table: 'held',
  columns: [
    ['key', VARCHAR, (h) => h.key],
    ['content', VARCHAR, ({ samples, frames }) => JSON.stringify({ samples, frames })],
  ],
};
