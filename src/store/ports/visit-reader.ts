import type { Sample, TrackSummary } from '../../contracts/sample.js';
import type { AdultDay, AdultGroup, SortedVisits, VisitorDay } from '../../contracts/figures/visitor-sums.js';
import type { RowFilter } from './row-filter.js';
import type { Period } from '../../contracts/period.js';
import type { Readable } from 'node:stream';

export type SampleFilter = RowFilter & { readonly tracks?: readonly string[]; readonly limit: number };

/** Which visitors are summed up, and how. */
export interface VisitorQuery extends RowFilter {
  /** Offsets of the local clock that hold in the period, each from its instant on; the first from its start. */
  readonly offsets: readonly { readonly fromTs: number; readonly offsetMs: number }[];
  /** Younger visitors, in years, are in no sum of gender, age or expression. */
  readonly adultAge: number;
  /**
   * Cells of this period and of so many visitors guard small groups: sums of gender and age are then of those who came in
   * unions of cells with enough of known gender and age, groups are by the next larger unions. Absent: all as one.
   */
  readonly guard?: Period & { readonly minVisitors: number };
  /** Which value is wanted of each visitor, in ascending order: the stay, or the longest look of those who looked; ms. */
  readonly sorted: 'dwell' | 'longest-look';
}

/** Sums over visitors; days, adults and places in order of arrival or name. */
export interface VisitorSums {
  readonly days: readonly VisitorDay[];
  readonly adults: readonly AdultDay[];
  readonly groups: readonly AdultGroup[];
  readonly sorted: SortedVisits;
}

export interface ExportQuery extends RowFilter {
  readonly format: 'csv' | 'parquet';
  /** Visitors younger than this are left out with all their samples. */
  readonly minorsAge: number;
  /** Streams and roles with fewer visitors than this are left out. */
  readonly kAnonymity: number;
  readonly signal?: AbortSignal;
}

/** A file being streamed; the rows are a snapshot of one moment. */
export interface ExportFile {
  readonly stream: Readable;
  readonly bytes: number;
  readonly rows: number;
}

/** Visitors and their samples. */
export interface VisitReader {
  /** Sums over the visitors that came in the period; throws PERIOD_INVALID. */
  visitorSums(query: VisitorQuery): Promise<VisitorSums>;
  /** Visitors one by one, by arrival. */
  tracks(filter: RowFilter & { readonly limit: number }): Promise<readonly TrackSummary[]>;
  /** Raw samples in order of time; of these tracks, or of all. */
  samples(filter: SampleFilter): Promise<readonly Sample[]>;
  exportSamples(query: ExportQuery): Promise<ExportFile>;
}
