import type { ClockDoubt } from '../clock-doubt.js';
import { systemClock, type Clock } from '../../runtime/clock.js';
import { EmoscopeError } from '../../runtime/errors.js';
import type { Logger } from '../../runtime/logger.js';
import type { AuditRecord } from '../../contracts/audit.js';
import type { CellLevel, Covered } from '../../contracts/cell.js';
import type { Contact } from '../../contracts/contact.js';
import type { DuckDBConnection } from '@duckdb/node-api';
import type {
  AuditQuery,
  ArrivalQuery,
  ContactQuery,
  CountedContactQuery,
  ExportFile,
  ExportQuery,
  HeldRows,
  LostVisit,
  MaintenanceResult,
  CellQuery,
  Me1Answer,
  Me1Query,
  Me1Source,
  NewCell,
  PastQuery,
  PastRow,
  Period,
  RowCounts,
  RowFilter,
  SampleFilter,
  VisitorQuery,
  VisitorSums,
  SeriesAnswer,
  SeriesQuery,
  Store,
  StoreBatch,
  StoreHealth,
} from '../port.js';
import { listFormerAudit } from './audit-query.js';
import { backup } from './backup.js';
import {
  addCells,
  arrivals,
  cellEnds,
  cellLength,
  cellSpans,
  hasFaces,
  listCells,
  looseCells,
  openVisits,
} from './cells-query.js';
import { Committer } from './committer.js';
import { contactTotals, listContacts, oneContact } from './contacts-query.js';
import { countedContacts } from './counted-contacts.js';
import { Database, type DatabaseOptions } from './database.js';
import { exportSamples } from './export.js';
import { storeError } from './faults.js';
import { Keeper, LOG_FOLDING, type LogFolding, type Retention } from './keeper.js';
import { me1 } from './me1-query.js';
import { past } from './past-query.js';
import { SCHEMA_VERSION } from './migrate.js';
import { distinctStreams, filledPeriod } from './presence-query.js';
import { Readers } from './readers.js';
import { numberOf, selectRows, sumOf, textOf } from './select.js';
import { series } from './series-query.js';
import { readHorizon } from './snapshot.js';
import { Snapshots } from './snapshots.js';
import { counting } from './counting-query.js';
import { visitorSums } from './visitor-sums.js';
import { listSamples, listTracks, lostVisits } from './visitors-query.js';
import { Writer } from './writer.js';

export interface DuckdbStoreOptions extends DatabaseOptions {
  readonly retention: Retention;
  readonly logger: Logger;
  readonly clock?: Clock;
  /** Rows that may wait for the disk; the oldest go when there are more. Default 60 000: half a minute at full load. */
  readonly maxBufferedRows?: number;
  readonly logFolding?: LogFolding;
}

/** What health shows that takes a look at the file. */
interface Looked {
  readonly stored: RowCounts;
  readonly rawFromTs: number | null;
  readonly fileBytes: number;
  readonly walBytes: number;
  readonly freeBytes: number;
  readonly memoryBytes: number;
}

/** The store in an embedded DuckDB file (or in memory). */
export class DuckdbStore implements Store {
  private readonly committer: Committer;
  private readonly keeper: Keeper;
  private readers: Readers;
  private snapshots: Snapshots;
  private looked: Looked = {
    stored: { samples: 0, frames: 0, tracks: 0, contacts: 0 },
    rawFromTs: null,
    fileBytes: 0,
    walBytes: 0,
    freeBytes: 0,
    memoryBytes: 0,
  };
  private closing: Promise<void> | null = null;
  /** Of a view for one who may go away. */
  private readonly asker: AbortSignal | undefined = undefined;

  private constructor(
    private readonly options: DuckdbStoreOptions,
    private database: Database,
    private writer: Writer,
  ) {
    const { clock = systemClock, logger, maxBufferedRows = 60_000 } = options;
    this.readers = new Readers(() => this.database.connect());
    this.snapshots = new Snapshots(() => this.database.connect());
    this.committer = new Committer(
      { writer: () => this.writer, reopen: () => this.reopen() },
      clock,
      logger,
      maxBufferedRows,
    );
    const kept = { committer: this.committer, database: () => this.database, writer: () => this.writer };
    this.keeper = new Keeper(kept, options.retention, options.logFolding ?? LOG_FOLDING, clock, logger, () =>
      this.look(),
    );
  }

  /** Opens or creates the database; throws STORE_LOCKED, STORE_CORRUPT, STORE_TOO_NEW, STORE_WRITE. */
  static async open(options: DuckdbStoreOptions): Promise<DuckdbStore> {
    const database = await Database.open(options);
    const { cutLogBytes } = database;
    if (cutLogBytes > 0) options.logger.warn({ cutLogBytes }, 'store: the end of the log was damaged and is set aside');
    const store = new DuckdbStore(options, database, await Writer.create(database.writer));
    await store.look();
    await store.keeper.judge();
    await store.takeUpHeld();
    store.committer.start();
    store.keeper.start();
    return store;
  }

  append(batch: StoreBatch): void {
    if (this.closing === null) this.committer.append(batch);
  }

  askedBy(signal: AbortSignal): Store {
    return Object.create(this, { asker: { value: signal } }) as DuckdbStore;
  }

  async flush(): Promise<void> {
    this.refuseClosed();
    await this.committer.flush();
  }

  formerAudit(query: AuditQuery): Promise<readonly AuditRecord[]> {
    return this.read((connection) => listFormerAudit(connection, query));
  }

  me1(params: Me1Query, source: Me1Source = 'auto'): Promise<Me1Answer> {
    return this.read((connection) => me1(connection, params, source));
  }

  series(query: SeriesQuery): Promise<SeriesAnswer> {
    return this.read((connection) => series(connection, query));
  }

  visitorSums(query: VisitorQuery): Promise<VisitorSums> {
    return this.read((connection) => visitorSums(connection, query));
  }

  counting(filter: RowFilter & { readonly longStayMs: number }) {
    return this.read((connection) => counting(connection, filter));
  }

  past(query: PastQuery): Promise<readonly PastRow[]> {
    return this.readBefore((connection) => past(connection, query));
  }

  lostVisits(nowTs: number): Promise<readonly LostVisit[]> {
    return this.readBefore((connection) => lostVisits(connection, nowTs));
  }

  tracks(filter: RowFilter & { readonly limit: number }) {
    return this.read((connection) => listTracks(connection, filter));
  }

  samples(filter: SampleFilter) {
    return this.read((connection) => listSamples(connection, filter));
  }

  contacts(query: ContactQuery): Promise<readonly Contact[]> {
    return this.read((connection) => listContacts(connection, query));
  }

  countedContacts(query: CountedContactQuery) {
    return this.read((connection) => countedContacts(connection, query));
  }

  contact(id: string): Promise<Contact | null> {
    return this.read((connection) => oneContact(connection, id));
  }

  contactTotals(filter: Period & { readonly points?: readonly string[] }) {
    return this.read((connection) => contactTotals(connection, filter));
  }

  arrivals(query: ArrivalQuery) {
    return this.read((connection) => arrivals(connection, query));
  }

  openVisits(sinceTs: number) {
    return this.read((connection) => openVisits(connection, sinceTs));
  }

  cellLength(query: CellQuery & { readonly share: number }) {
    return this.read((connection) => cellLength(connection, query));
  }

  cellEnds() {
    return this.read((connection) => cellEnds(connection));
  }

  looseCells(level: CellLevel) {
    return this.read((connection) => looseCells(connection, level));
  }

  cells(query: CellQuery) {
    return this.read((connection) => listCells(connection, query));
  }

  cellSpans(query: CellQuery & { readonly bucketStarts: readonly number[] }) {
    return this.read((connection) => cellSpans(connection, query));
  }

  async addCells(cells: readonly NewCell[]): Promise<void> {
    this.refuseClosed();
    await this.committer.exclusive(async () => {
      await addCells(this.database.writer, cells);
      this.writer.given.add(cells);
    });
  }

  hasFaces(view: Covered) {
    return this.read((connection) => hasFaces(connection, view));
  }

  streams(period: Period) {
    return this.read((connection) => distinctStreams(connection, period));
  }

  filled(period: Period): Promise<Period | null> {
    return this.read((connection) => filledPeriod(connection, period));
  }

  exportSamples(query: ExportQuery): Promise<ExportFile> {
    return this.read((connection) => exportSamples(connection, this.options.path, query), query.signal);
  }

  async backup(path: string): Promise<void> {
    await this.flush();
    await this.read((connection) => backup(connection, path));
  }

  async maintain(): Promise<MaintenanceResult> {
    await this.flush();
    return this.keeper.maintain();
  }

  async clockDoubt(): Promise<ClockDoubt | null> {
    this.refuseClosed();
    return this.keeper.currentDoubt();
  }

  health(): StoreHealth {
    const { lastCommitTs, lastCommitMs, commits, failedCommits, reason } = this.committer.state;
    return {
      state: this.closing !== null ? 'closed' : reason === null ? 'ok' : 'degraded',
      reason,
      lastCommitTs,
      lastCommitMs,
      commits,
      failedCommits,
      pending: this.committer.buffer.pending,
      maxPendingRows: this.committer.buffer.maxRows,
      lost: this.committer.buffer.lost,
      schemaVersion: SCHEMA_VERSION,
      clockDoubt: this.keeper.doubt,
      ...this.looked,
    };
  }

  close(): Promise<void> {
    this.closing ??= this.shutDown();
    return this.closing;
  }

  private async shutDown(): Promise<void> {
    this.keeper.stop();
    await this.committer.stop();
    const reason = new EmoscopeError('STORE_CLOSED', 'The store has been stopped');
    await this.snapshots.close(reason);
    await this.readers.close(reason);
    await this.committer
      .exclusive(() => this.database.checkpoint())
      .catch((error: unknown) => this.options.logger.warn({ err: storeError(error) }, 'store: not folded at the end'));
    await this.database.close();
  }

  private async reopen(): Promise<void> {
    const reason = new EmoscopeError('STORE_WRITE', 'The database is being opened anew after a fault');
    await this.snapshots.close(reason);
    await this.readers.close(reason);
    await this.database.close();
    this.database = await Database.open(this.options);
    this.readers = new Readers(() => this.database.connect());
    this.snapshots = new Snapshots(() => this.database.connect());
    this.writer = await Writer.create(this.database.writer, this.writer);
    this.options.logger.warn('store: opened anew after a fault');
  }

  private async look(): Promise<void> {
    this.looked = await this.readers.use(async (connection) => {
      const [row = {}] = await selectRows(
        connection,
        `SELECT (SELECT count(*) FROM samples) AS samples, (SELECT count(*) FROM frames) AS frames,
          (SELECT count(*) FROM tracks) AS tracks, (SELECT count(*) FROM contacts) AS contacts,
          (SELECT sum(memory_usage_bytes)::DOUBLE FROM duckdb_memory()) AS memory`,
      );
      const { rawFromTs } = await readHorizon(connection);
      const stored = {
        samples: numberOf(row, 'samples'),
        frames: numberOf(row, 'frames'),
        tracks: numberOf(row, 'tracks'),
        contacts: numberOf(row, 'contacts'),
      };
      return { stored, rawFromTs, memoryBytes: sumOf(row, 'memory'), ...(await this.database.fileSizes()) };
    });
  }

  /** Frames that a process which died left waiting: nothing is known against the faces in them, so they count. */
  private async takeUpHeld(): Promise<void> {
    const rows = await this.readers.use((connection) => selectRows(connection, 'SELECT key, content FROM held'));
    if (rows.length === 0) return;
    const contents = rows.map((row) => JSON.parse(textOf(row, 'content')) as Omit<HeldRows, 'key'>);
    this.append({
      samples: contents.flatMap(({ samples }) => samples),
      frames: contents.flatMap(({ frames }) => frames),
      decided: rows.map((row) => textOf(row, 'key')),
    });
    // At once, so that the first question is answered with them; a disk that refuses is tried again like for all rows.
    await this.committer.flush().catch(() => undefined);
    this.options.logger.info({ frames: rows.length }, 'store: frames that waited when the process died are counted');
  }

  private refuseClosed(): void {
    if (this.closing !== null) throw new EmoscopeError('STORE_CLOSED', 'The store has been stopped');
  }

  /** Reads what has been appended by now and nothing that comes after it. */
  private async readBefore<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    this.refuseClosed();
    try {
      const snapshot = await this.committer.atBorder(() => this.snapshots.take());
      return await snapshot.read(work);
    } catch (error) {
      throw storeError(error);
    }
  }

  private async read<T>(
    work: (connection: DuckDBConnection) => Promise<T>,
    signal: AbortSignal | undefined = this.asker,
  ): Promise<T> {
    this.refuseClosed();
    try {
      return await this.readers.use(work, signal);
    } catch (error) {
      signal?.throwIfAborted();
      throw storeError(error);
    }
  }
}
