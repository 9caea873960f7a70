import type { Readable } from 'node:stream';
import type { AuditRecord } from '../contracts/audit.js';
import type { Cell, CellChain, CellLevel, CellSpan, Covered } from '../contracts/cell.js';
import type { Contact, ContactRule, CountedContact, Verdict } from '../contracts/contact.js';
import type { BucketSums, FrameRepeats, Me1Aggregate, Me1Params } from '../contracts/me1.js';
import type { Role } from '../contracts/role.js';
import type { FrameCount, Sample, TrackSummary } from '../contracts/sample.js';
import type { AdultDay, AdultGroup, SortedVisits, VisitorDay } from '../contracts/visitor-sums.js';
import type { PastWindows } from '../contracts/window.js';
import type { ClockDoubt } from './clock-doubt.js';

/** The rows of a frame of which something is still to be judged, as they will be unless one more face turns out not to live. */
export interface HeldRows {
  /** Names the frame; never used twice. */
  readonly key: string;
  readonly samples: readonly Sample[];
  readonly frames: readonly FrameCount[];
}

/** Rows to be kept; every field may be absent. */
export interface StoreBatch {
  /** A sender that may send a batch again names it; a name seen before (about an hour back) is not stored again. */
  readonly id?: string;
  readonly samples?: readonly Sample[];
  /** Rows of the same second add up, so only a named batch is safe to repeat. */
  readonly frames?: readonly FrameCount[];
  /** The last summary of a track wins. */
  readonly tracks?: readonly TrackSummary[];
  /** The last version of a contact wins; bursts come with their contact. */
  readonly contacts?: readonly Contact[];
  /** Frames that wait: in no answer, and counted at the next start if the process dies before they are decided. */
  readonly held?: readonly HeldRows[];
  /** Keys of held frames that are decided or held anew: what counts of them comes in this batch. */
  readonly decided?: readonly string[];
}

export const ROW_KINDS = ['samples', 'frames', 'tracks', 'contacts'] as const;
export type RowKind = (typeof ROW_KINDS)[number];
export type RowCounts = Readonly<Record<RowKind, number>>;

/** Half-open period [fromTs, toTs), epoch ms UTC. */
export interface Period {
  readonly fromTs: number;
  readonly toTs: number;
}

/** Which rows a question is about; absent or empty means all. */
export interface RowFilter extends Period {
  readonly streams?: readonly string[];
  readonly roles?: readonly Role[];
  readonly zoneId?: string;
  /** Of a stream and role only what lies in these intervals; one that is not listed is left out. Absent: all. */
  readonly within?: readonly Covered[];
}

export type SampleFilter = RowFilter & { readonly tracks?: readonly string[]; readonly limit: number };

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

/** The parameters of МЭ-1, and the intervals that may be answered from. */
export interface Me1Query extends Me1Params {
  readonly within?: readonly Covered[];
}

export interface SeriesQuery extends Me1Params {
  /** Intervals that may be answered from, each counted whole in the bucket `bucketTs`, in order of time per stream. */
  readonly within?: readonly (Covered & { readonly bucketTs: number })[];
  /** Starts of the buckets, ascending, on whole seconds (others than whole minutes need raw samples); the first at or before `fromTs`, the last ends with the period. */
  readonly bucketStarts: readonly number[];
}

export interface SeriesAnswer {
  readonly rows: readonly BucketSums[];
  readonly coverage: Coverage;
}

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

export interface ContactQuery extends Period {
  /** Empty or absent: every point. */
  readonly points?: readonly string[];
  readonly verdict?: Verdict | null;
  readonly qualified?: boolean;
  /** Only contacts judged by this rule. */
  readonly rule?: ContactRule;
  /** Only contacts after this one in the order (startTs, id) descending. */
  readonly before?: { readonly startTs: number; readonly id: string } | null;
  readonly limit: number;
  /** false leaves `curve` empty, which is what a list needs. Default true. */
  readonly curves?: boolean;
}

export interface CountedContactQuery extends Period {
  /** Empty or absent: every point. */
  readonly points?: readonly string[];
  readonly limit: number;
  /** false leaves `curve` empty. */
  readonly curves: boolean;
}

/** Sums over the contacts of one point. */
export interface ContactTotals {
  readonly pointId: string;
  readonly contacts: number;
  readonly withSeller: number;
  /** Contacts with at least one seller's smile. */
  readonly withSmile: number;
  readonly qualified: number;
  readonly happy: number;
  readonly unhappy: number;
  readonly indifferent: number;
  /** Customers who smiled already, and contacts judged by the former rule only: both outside of the index. */
  readonly already: number;
  readonly former: number;
  /** Qualified contacts whose other moments were judged, those of them that answered, and Σ of the answers by chance. */
  readonly netBasis: number;
  readonly netAnswered: number;
  readonly netByChance: number;
  readonly positiveBursts: number;
  readonly negativeBursts: number;
  /** Qualified contacts with a tested cross-lagged correlation, and those among them with p < 0.05. */
  readonly correlated: number;
  readonly contagious: number;
  readonly medianLatencyMs: number | null;
  /** Over qualified contacts. */
  readonly medianRise: number | null;
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

export interface ArrivalQuery {
  /** From this age on a visitor's is known, years. */
  readonly adultAge: number;
  readonly sinceTs: number;
  readonly limit: number;
}

/** Visits (or contacts of a point) that began in one minute and lie in no cell yet. */
export interface ArrivalRow extends CellChain {
  readonly minuteTs: number;
  /** Main zone of the visit. */
  readonly part: string | null;
  readonly visitors: number;
  /** Visitors of known gender and an age of at least `adultAge`; contacts that are qualified. */
  readonly known: number;
}

/**
 * A cell to be kept; `safeParts` are the zones (null: none) that have enough visitors, for `parted` to be checked. The
 * `sizes` of a `wide` union are found out; a cell has none, and a `broad` one those of its parts.
 */
export type NewCell = Cell & { readonly safeParts?: readonly (string | null)[] };

export interface CellQuery extends Period {
  readonly kind: CellChain['kind'];
  /** The finest level wanted; a chain whose cells are smaller than `minVisitors` is answered from a coarser one. */
  readonly level: CellLevel;
  readonly minVisitors: number;
}

/** What live figures go on from: the local day, and its last seconds one by one. */
export interface PastQuery {
  readonly streams: readonly string[];
  readonly day: Period;
  /** Seconds and visits one by one, whole seconds. */
  readonly recent: Period;
  readonly threshold: number;
  /** Happiness of a held smile, percent, and how long it is held, ms. */
  readonly heldSmile: { readonly level: number; readonly ms: number };
}

/** A visit without a summary: its first and its last sample. */
export interface LostVisit {
  readonly streamId: string;
  readonly role: Role;
  readonly trackId: string;
  readonly firstTs: number;
  readonly lastTs: number;
}

/** The past of one stream and role. */
export type PastRow = PastWindows & { readonly streamId: string; readonly role: Role };

export interface AuditQuery {
  /** Only entries with a smaller `seq`. */
  readonly beforeSeq?: number | null;
  readonly limit: number;
}

export interface StoreHealth {
  /** `degraded`: the disk refuses; rows wait in the bounded buffer or are lost and counted. */
  readonly state: 'ok' | 'degraded' | 'closed';
  /** A sentence without a path, or null. */
  readonly reason: string | null;
  readonly lastCommitTs: number | null;
  readonly lastCommitMs: number | null;
  readonly commits: number;
  readonly failedCommits: number;
  readonly pending: RowCounts;
  /** Rows that may wait; the oldest go when there are more. */
  readonly maxPendingRows: number;
  /** Rows given up since the process started. */
  readonly lost: RowCounts;
  readonly stored: RowCounts;
  readonly schemaVersion: number;
  readonly rawFromTs: number | null;
  /** 0 for a memory store. */
  readonly fileBytes: number;
  readonly walBytes: number;
  /** Room left on the file's disk. */
  readonly freeBytes: number;
  /** What the engine holds in memory by its own count: blocks of the file, rows not yet folded into it; at most `memoryLimitMb`. */
  readonly memoryBytes: number;
  /** What the rows say against the machine's clock; null: nothing. */
  readonly clockDoubt: ClockDoubt | null;
}

export interface MaintenanceResult {
  readonly rolledSamples: number;
  readonly expiredSamples: number;
  readonly expiredRollups: number;
  readonly durationMs: number;
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

/** Numbers kept on disk. Every method but `append` throws STORE_CLOSED after `close`. */
export interface Store {
  /** The same store for one who may go away: what they asked for waits no longer and is interrupted when the signal aborts. */
  askedBy(signal: AbortSignal): Store;
  /** Takes rows without waiting; they are committed within a second. Never throws for a full disk. */
  append(batch: StoreBatch): void;
  /** Commits what waits; throws STORE_WRITE when the disk refuses. */
  flush(): Promise<void>;
  /** Entries of the audit log that versions before kept in the database, newest first, numbered from 0 downwards. */
  formerAudit(query: AuditQuery): Promise<readonly AuditRecord[]>;
  /** Sums by stream and role; throws PERIOD_INVALID, THRESHOLD_INVALID. */
  me1(params: Me1Query, source?: Me1Source): Promise<Me1Answer>;
  /** The same sums by bucket; throws PERIOD_INVALID, THRESHOLD_INVALID. */
  series(query: SeriesQuery): Promise<SeriesAnswer>;
  /** Sums over the visitors that came in the period; throws PERIOD_INVALID. */
  visitorSums(query: VisitorQuery): Promise<VisitorSums>;
  /** Who was left out of the figures of a period, and whether people could be followed in it; per stream and role. */
  counting(filter: RowFilter & { readonly longStayMs: number }): Promise<readonly CountingRow[]>;
  /**
   * One row for each stream and role with frames or samples in the day, of all that was appended before this call and of
   * nothing that is appended after it, however long the reading takes. Throws PERIOD_INVALID, THRESHOLD_INVALID.
   */
  past(query: PastQuery): Promise<readonly PastRow[]>;
  /** Visitors one by one, by arrival. */
  tracks(filter: RowFilter & { readonly limit: number }): Promise<readonly TrackSummary[]>;
  /** Raw samples in order of time; of these tracks, or of all. */
  samples(filter: SampleFilter): Promise<readonly Sample[]>;
  /**
   * Visits of the two days before the newest sample (not after `nowTs`) that have samples appended before this call and no
   * summary, by their beginning. Asked before any camera starts, they are those whose process died.
   */
  lostVisits(nowTs: number): Promise<readonly LostVisit[]>;
  /** Newest first. */
  contacts(query: ContactQuery): Promise<readonly Contact[]>;
  /** Oldest first. */
  countedContacts(query: CountedContactQuery): Promise<readonly CountedContact[]>;
  /** With its curve; null for an unknown id. */
  contact(id: string): Promise<Contact | null>;
  contactTotals(filter: Period & { readonly points?: readonly string[] }): Promise<readonly ContactTotals[]>;
  /** Visits and contacts after the last cell of their chain and not before `sinceTs`, oldest first, at most `limit` rows. */
  arrivals(query: ArrivalQuery): Promise<readonly ArrivalRow[]>;
  /** Since when each stream and role has had somebody in view whose visit has not been summed up yet. */
  openVisits(
    sinceTs: number,
  ): Promise<readonly { readonly id: string; readonly role: Role; readonly fromTs: number }[]>;
  /** The end of the last cell of each chain and level. */
  cellEnds(): Promise<readonly (CellChain & { readonly level: CellLevel; readonly toTs: number })[]>;
  /** Keeps cells; rows that come later and belong into one of them are withheld from figures. */
  addCells(cells: readonly NewCell[]): Promise<void>;
  /** Whether a stream and role has faces in a period, also of visits that began before it or have no summary. */
  hasFaces(view: Covered): Promise<boolean>;
  /** Cells of a level that lie in no union of the next coarser one yet, by chain and time. */
  looseCells(level: CellLevel): Promise<readonly Cell[]>;
  /** Whole cells inside a period, by chain and time. */
  cells(query: CellQuery): Promise<readonly Cell[]>;
  /** The length of cells inside a period, ms, that a share of them do not exceed; null without any. */
  cellLength(query: CellQuery & { readonly share: number }): Promise<number | null>;
  /** The same joined per chain and bucket; `bucketStarts` ascend and begin at or before the period. */
  cellSpans(query: CellQuery & { readonly bucketStarts: readonly number[] }): Promise<readonly CellSpan[]>;
  /** Every stream and role seen in the period. */
  streams(period: Period): Promise<readonly { readonly streamId: string; readonly role: Role }[]>;
  /** From the first analysed frame of a period to its last, to the minute; null without any. */
  filled(period: Period): Promise<Period | null>;
  exportSamples(query: ExportQuery): Promise<ExportFile>;
  /** Writes a consistent copy while the store runs; the target must not exist. */
  backup(path: string): Promise<void>;
  /** Brings rollups up to date and applies the retention; runs by itself, and on demand. */
  maintain(): Promise<MaintenanceResult>;
  /** What the rows say against the machine's clock; null: nothing. */
  clockDoubt(): Promise<ClockDoubt | null>;
  health(): StoreHealth;
  /** Commits what waits and lets the file go. */
  close(): Promise<void>;
}
