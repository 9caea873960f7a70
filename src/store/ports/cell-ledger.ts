import type { Cell, CellChain, CellLevel, CellSpan, Covered } from '../../contracts/cell.js';
import type { Role } from '../../contracts/role.js';
import type { Period } from '../../contracts/period.js';

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

/** Intervals that answers are made of. */
export interface CellReader {
  /** Whole cells inside a period, by chain and time. */
  cells(query: CellQuery): Promise<readonly Cell[]>;
  /** The length of cells inside a period, ms, that a share of them do not exceed; null without any. */
  cellLength(query: CellQuery & { readonly share: number }): Promise<number | null>;
  /** The same joined per chain and bucket; `bucketStarts` ascend and begin at or before the period. */
  cellSpans(query: CellQuery & { readonly bucketStarts: readonly number[] }): Promise<readonly CellSpan[]>;
}

/** What such intervals are made from and kept by. */
export interface CellLedger {
  /** Visits and contacts after the last cell of their chain and not before `sinceTs`, oldest first, at most `limit` rows. */
  arrivals(query: ArrivalQuery): Promise<readonly ArrivalRow[]>;
  /** Since when each stream and role has had somebody in view whose visit has not been summed up yet. */
  openVisits(
    sinceTs: number,
  ): Promise<readonly { readonly id: string; readonly role: Role; readonly fromTs: number }[]>;
  /** The end of the last cell of each chain and level. */
  cellEnds(): Promise<readonly (CellChain & { readonly level: CellLevel; readonly toTs: number })[]>;
  /** Cells of a level that lie in no union of the next coarser one yet, by chain and time. */
  looseCells(level: CellLevel): Promise<readonly Cell[]>;
  /** Whether a stream and role has faces in a period, also of visits that began before it or have no summary. */
  hasFaces(view: Covered): Promise<boolean>;
  /** Keeps cells; rows that come later and belong into one of them are withheld from figures. */
  addCells(cells: readonly NewCell[]): Promise<void>;
}
