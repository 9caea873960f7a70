import type { Covered } from '../../contracts/cell.js';
import type { BucketSums, FrameRepeats, Me1Aggregate, Me1Params } from '../../contracts/me1.js';
import type { Role } from '../../contracts/role.js';
import type { RowFilter } from './row-filter.js';
import type { Period } from '../../contracts/period.js';
import type { RowCounts } from './row-sink.js';

/** `auto` takes rollups for whole minutes and raw samples for the rest; the others are for checks and benchmarks. */
export type Me1Source = 'auto' | 'raw' | 'rollups';

/** What the figures of an answer rest on; a report says so where it is not the whole truth. */
export interface Coverage {
  readonly source: Me1Source;
  /** Raw samples reach back to here; null: none has expired. */
  readonly rawFromTs: number | null;
  /** T actually counted: from rollups a fractional T is rounded to a whole one. */
  readonly threshold: number;
  /** Part of the period that could not be answered as asked (expired raw samples), or null. */
  readonly missing: Period | null;
  /** Rows that never reached the disk in this period. */
  readonly lost: RowCounts;
}

export interface Me1Answer {
  readonly aggregates: readonly Me1Aggregate[];
  /** For the totals, where neither a role nor a zone is asked for. */
  readonly repeats: readonly FrameRepeats[];
  readonly coverage: Coverage;
}

/** Which sums are wanted: `demographics` are those of gender and age and the number of samples, all others are zero then. */
export type WantedSums = 'all' | 'demographics';

/** What of the sums is wanted. */
interface Wanted {
  /** Default: all. */
  readonly wanted?: WantedSums;
  /** Streams of these roles alone, where `role` names none; default: of every role. */
  readonly roles?: readonly Role[];
}

/** The parameters of МЭ-1, and the intervals that may be answered from. */
export interface Me1Query extends Me1Params, Wanted {
  readonly within?: readonly Covered[];
}

export interface SeriesQuery extends Me1Params, Wanted {
  /** Intervals that may be answered from, each counted whole in the bucket `bucketTs`, in order of time per stream. */
  readonly within?: readonly (Covered & { readonly bucketTs: number })[];
  /** Starts of the buckets, ascending, on whole seconds (others than whole minutes need raw samples); the first at or before `fromTs`, the last ends with the period. */
  readonly bucketStarts: readonly number[];
}

export interface SeriesAnswer {
  readonly rows: readonly BucketSums[];
  readonly coverage: Coverage;
}

/** What the frames of one stream and role say about who was counted. */
export interface CountingRow {
  readonly streamId: string;
  readonly role: Role;
  readonly analysedFrames: number;
  /** Faces left out because they did not live (posters, screens), over all frames. */
  readonly stillFaces: number;
  /** Where any frame came late: whole minutes with frames, and those in which most came too late to follow people by; else 0. */
  readonly minutes: number;
  readonly slowMinutes: number;
  /** People in view for more than half an hour, by arrival in the period. */
  readonly longStays: number;
}

/** Sums over samples and frames, and what they rest on; each throws PERIOD_INVALID for an empty or reversed period. */
export interface PortraitReader {
  /** Sums by stream and role; throws PERIOD_INVALID, THRESHOLD_INVALID. */
  me1(params: Me1Query, source?: Me1Source): Promise<Me1Answer>;
  /** The same sums by bucket; throws PERIOD_INVALID, THRESHOLD_INVALID. */
  series(query: SeriesQuery): Promise<SeriesAnswer>;
  /** Who was left out of the figures of a period, and whether people could be followed in it; per stream and role. */
  counting(filter: RowFilter & { readonly longStayMs: number }): Promise<readonly CountingRow[]>;
  /** Every stream and role seen in the period. */
  streams(period: Period): Promise<readonly { readonly streamId: string; readonly role: Role }[]>;
  /** From the first analysed frame of a period to its last, to the minute; null without any. */
  filled(period: Period): Promise<Period | null>;
}
