import { ROW_KINDS, type RowCounts, type RowKind, type StoreBatch } from './ports/row-sink.js';
import { countRows, perKind, timesOf } from './row-kinds.js';

/** Rows that had to be given up, and the period they belonged to. */
export interface Loss {
  readonly kind: RowKind;
  readonly fromTs: number;
  readonly toTs: number;
  readonly rows: number;
}

/** What one commit takes. */
export interface Portion {
  readonly batches: readonly StoreBatch[];
  readonly losses: readonly Loss[];
}

const NO_ROWS = perKind(() => 0);

const plus = (a: RowCounts, b: RowCounts, sign = 1): RowCounts => perKind((kind) => a[kind] + sign * b[kind]);

const total = (counts: RowCounts): number => ROW_KINDS.reduce((sum, kind) => sum + counts[kind], 0);

interface Entry {
  readonly batch: StoreBatch;
  /** How many borders had been drawn when it came. */
  readonly after: number;
}

/** Bounded queue between the pipeline and the disk. Drop policy: the oldest batch goes first, and is counted. */
export class WriteBuffer {
  private waiting: Entry[] = [];
  private taken: readonly Entry[] = [];
  /** Borders drawn so far. */
  private borders = 0;
  private losses: Loss[] = [];
  private takenLosses = 0;
  private counts = NO_ROWS;
  private given = NO_ROWS;
  private pushedBatches = 0;
  private doneBatches = 0;

  constructor(readonly maxRows: number) {}

  /** Rows waiting, those being committed included. */
  get pending(): RowCounts {
    return this.counts;
  }

  /** Rows given up since the start. */
  get lost(): RowCounts {
    return this.given;
  }

  /** A mark of now: `passed` once every batch that waits now is committed or given up. */
  mark(): number {
    return this.pushedBatches;
  }

  passed(mark: number): boolean {
    return this.doneBatches >= mark;
  }

  get empty(): boolean {
    return this.waiting.length === 0 && this.losses.length === 0;
  }

  /** Draws a border: no portion will hold batches of both sides. Gives its number for `reached`. */
  drawBorder(): number {
    this.borders += 1;
    return this.borders;
  }

  /** Whether everything before a border is committed or given up. */
  reached(border: number): boolean {
    const oldest = this.taken[0] ?? this.waiting[0];
    return oldest === undefined || oldest.after >= border;
  }

  push(batch: StoreBatch): void {
    this.waiting.push({ batch, after: this.borders });
    this.pushedBatches += 1;
    this.counts = plus(this.counts, countRows(batch));
    while (total(this.counts) > this.maxRows && this.waiting.length > 0) this.dropOldest();
  }

  /** Up to about `maxRows` rows of one side of any border for one commit; they stay counted until `committed` or `putBack`. */
  take(maxRows: number): Portion {
    let rows = 0;
    let end = 0;
    for (const { batch, after } of this.waiting) {
      if (rows >= maxRows || after !== this.waiting[0]?.after) break;
      rows += total(countRows(batch));
      end += 1;
    }
    this.taken = this.waiting.slice(0, end);
    this.waiting = this.waiting.slice(end);
    this.takenLosses = this.losses.length;
    return { batches: this.taken.map(({ batch }) => batch), losses: mergeLosses(this.losses) };
  }

  /** The portion is on disk. */
  committed(): void {
    for (const { batch } of this.taken) this.counts = plus(this.counts, countRows(batch), -1);
    this.doneBatches += this.taken.length;
    this.taken = [];
    this.losses = this.losses.slice(this.takenLosses);
  }

  /** The portion could not be written and waits again, in its place. */
  putBack(): void {
    this.waiting = [...this.taken, ...this.waiting];
    this.taken = [];
    this.losses = mergeLosses(this.losses);
    while (total(this.counts) > this.maxRows && this.waiting.length > 0) this.dropOldest();
  }

  /** Gives up the portion just taken: it can never be stored. */
  giveUpTaken(): void {
    const { taken } = this;
    this.committed();
    for (const { batch } of taken) this.noteLoss(batch);
  }

  /** Gives everything up (the store is closing and the disk still refuses). */
  abandon(): void {
    while (this.waiting.length > 0) this.dropOldest();
  }

  private dropOldest(): void {
    const entry = this.waiting.shift();
    if (entry === undefined) return;
    const { batch } = entry;
    this.doneBatches += 1;
    this.counts = plus(this.counts, countRows(batch), -1);
    this.noteLoss(batch);
  }

  private noteLoss(batch: StoreBatch): void {
    this.given = plus(this.given, countRows(batch));
    this.losses.push(...lossesOf(batch));
    if (this.losses.length > 1000) this.losses = mergeLosses(this.losses);
  }
}

const lossesOf = (batch: StoreBatch): Loss[] =>
  ROW_KINDS.map((kind) => ({ kind, times: timesOf(batch, kind) }))
    .filter(({ times }) => times.length > 0)
    .map(({ kind, times }) => ({
      kind,
      rows: times.length,
      fromTs: times.filter(Number.isFinite).reduce((a, b) => Math.min(a, b), Infinity),
      toTs: times.filter(Number.isFinite).reduce((a, b) => Math.max(a, b), -Infinity),
    }))
    .filter(({ fromTs }) => Number.isFinite(fromTs));

/** One loss per kind and minute. */
const mergeLosses = (losses: readonly Loss[]): Loss[] => {
  const merged = new Map<string, Loss>();
  for (const loss of losses) {
    const key = `${loss.kind} ${Math.floor(loss.fromTs / 60_000)}`;
    const known = merged.get(key);
    merged.set(key, {
      kind: loss.kind,
      rows: loss.rows + (known?.rows ?? 0),
      fromTs: Math.min(loss.fromTs, known?.fromTs ?? loss.fromTs),
      toTs: Math.max(loss.toTs, known?.toTs ?? loss.toTs),
    });
  }
  return [...merged.values()];
};
