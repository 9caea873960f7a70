import type { DuckDBConnection } from '@duckdb/node-api';
import type { AuditRecord } from '../../contracts/service/audit-record.js';
import type { CellLevel, Covered } from '../../contracts/cell.js';
import { systemClock, type Clock } from '../../runtime/clock.js';
import { EmoscopeError } from '../../runtime/errors.js';
import type { Logger } from '../../runtime/logger.js';
import { Beats } from '../beats.js';
import type { ClockDoubt } from '../clock-doubt.js';
import { Committer } from '../committer.js';
import { Maintenance, type Retention } from '../maintenance.js';
import type { AuditQuery } from '../ports/audit-log.js';
import type { ArrivalQuery, NewCell } from '../ports/cell-ledger.js';
import type { LostVisit, PastQuery, PastRow } from '../ports/resume-reader.js';
import type { HeldRows, RowCounts, StoreBatch } from '../ports/row-sink.js';
import type { Store } from '../ports/store.js';
import type { MaintenanceResult, StoreHealth } from '../ports/upkeep.js';
import { perKind } from '../row-kinds.js';
import { listFormerAudit } from './questions/audit-query.js';
import { backup } from './file/backup.js';
import { addCells, arrivals, cellEnds, hasFaces, looseCells, openVisits } from './questions/cells-query.js';
import { Database, type DatabaseOptions } from './file/database.js';
import { isFatal, storeError } from './file/faults.js';
import { keptTables } from './upkeep/kept-tables.js';
import { LOG_FOLDING, LogFolder, type LogFolding } from './file/log-folder.js';
import { SCHEMA_VERSION } from './file/migrate.js';
import { past } from './questions/past-query.js';
import { Reading } from './reading.js';
import { DuckdbReports } from './reports.js';
import { REGISTERED_KINDS } from './row-kinds/registry.js';
import { numberOf, selectRows, sumOf, textOf } from './sql/select.js';
import { readHorizon } from './sql/snapshot.js';
import { lostVisits } from './questions/visitors-query.js';
import { Writer } from './writer.js';

export interface DuckdbStoreOptions extends DatabaseOptions {
  readonly retention: Retention;
  readonly logger: Logger;
  readonly clock?: Clock;
  /** Rows that may wait for the disk; the oldest go when there are more. Default 60 000: half a minute at full load. */
  readonly maxBufferedRows?: number;
  readonly logFolding?: LogFolding;
}

/** The database and its writer, which change when it had to be opened anew. */
interface Opened {
  database: Database;
  writer: Writer;
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

const NOTHING_SEEN: Looked = {
  stored: perKind(() => 0),
  rawFromTs: null,
  fileBytes: 0,
  walBytes: 0,
  freeBytes: 0,
  memoryBytes: 0,
};

/** The store in an embedded DuckDB file (or in memory). */
export class DuckdbStore extends DuckdbReports implements Store {
  private readonly committer: Committer;
  private readonly maintenance: Maintenance;
  private readonly folder: LogFolder;
  private readonly beats: Beats;
  private looked = NOTHING_SEEN;
  private closing: Promise<void> | null = null;

  private constructor(
    private readonly options: DuckdbStoreOptions,
    private readonly opened: Opened,
    private readonly reading: Reading,
  ) {
    super(reading.ask, options.path);
    const { clock = systemClock, logger, maxBufferedRows = 60_000, retention, logFolding = LOG_FOLDING } = options;
    this.committer = new Committer(
      {
        commit: (portion, nowTs) => this.opened.writer.commit(portion, nowTs),
        reopen: () => this.reopen(),
        faultOf: (error) => ({ error: storeError(error), isFatal: isFatal(error) }),
      },
      clock,
      logger,
      maxBufferedRows,
    );
    this.beats = new Beats(logger);
    this.folder = new LogFolder(this.committer, () => this.opened.database, logFolding, logger);
    const tables = keptTables({ database: () => this.opened.database, writer: () => this.opened.writer });
    this.maintenance = new Maintenance(tables, this.committer, retention, clock, logger, {
      expired: () => this.folder.fold(),
      everyRound: () => this.look(),
    });
  }

  /** Opens or creates the database; throws STORE_LOCKED, STORE_CORRUPT, STORE_TOO_NEW, STORE_WRITE. */
  static async open(options: DuckdbStoreOptions): Promise<DuckdbStore> {
    const database = await Database.open(options);
    const { cutLogBytes } = database;
    if (cutLogBytes > 0) options.logger.warn({ cutLogBytes }, 'store: the end of the log was damaged and is set aside');
    const opened = { database, writer: await Writer.create(database.writer) };
    const store = new DuckdbStore(options, opened, new Reading(() => opened.database.connect()));
    await store.start();
    return store;
  }

  append(batch: StoreBatch): void {
    if (this.closing === null) this.committer.append(batch);
  }

  async flush(): Promise<void> {
    this.reading.refuseClosed();
    await this.committer.flush();
  }

  formerAudit(query: AuditQuery): Promise<readonly AuditRecord[]> {
    return this.ask((connection) => listFormerAudit(connection, query));
  }

  past(query: PastQuery): Promise<readonly PastRow[]> {
    return this.askBefore((connection) => past(connection, query));
  }

  lostVisits(nowTs: number): Promise<readonly LostVisit[]> {
    return this.askBefore((connection) => lostVisits(connection, nowTs));
  }

  arrivals(query: ArrivalQuery) {
    return this.ask((connection) => arrivals(connection, query));
  }

  openVisits(sinceTs: number) {
    return this.ask((connection) => openVisits(connection, sinceTs));
  }

  cellEnds() {
    return this.ask((connection) => cellEnds(connection));
  }

  looseCells(level: CellLevel) {
    return this.ask((connection) => looseCells(connection, level));
  }

  hasFaces(view: Covered) {
    return this.ask((connection) => hasFaces(connection, view));
  }

  async addCells(cells: readonly NewCell[]): Promise<void> {
    this.reading.refuseClosed();
    await this.committer.exclusive(async () => {
      await addCells(this.opened.database.writer, cells);
      this.opened.writer.given.add(cells);
    });
  }

  async backup(path: string): Promise<void> {
    await this.flush();
    await this.ask((connection) => backup(connection, path));
  }

  async maintain(): Promise<MaintenanceResult> {
    await this.flush();
    return this.maintenance.maintain();
  }

  async clockDoubt(): Promise<ClockDoubt | null> {
    this.reading.refuseClosed();
    return this.maintenance.currentDoubt();
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
      clockDoubt: this.maintenance.doubt,
      ...this.looked,
    };
  }

  close(): Promise<void> {
    this.reading.refuse();
    this.closing ??= this.shutDown();
    return this.closing;
  }

  private async start(): Promise<void> {
    await this.look();
    await this.maintenance.judge();
    await this.takeUpHeld();
    this.committer.start();
    this.maintenance.start();
    this.beats.every(this.folder.folding.lookEveryMs, () => this.folder.foldWhenLong());
  }

  private async shutDown(): Promise<void> {
    this.maintenance.stop();
    this.beats.stop();
    await this.committer.stop();
    await this.reading.letGo(new EmoscopeError('STORE_CLOSED', 'The store has been stopped'));
    await this.committer
      .exclusive(() => this.opened.database.checkpoint())
      .catch((error: unknown) => this.options.logger.warn({ err: storeError(error) }, 'store: not folded at the end'));
    await this.opened.database.close();
  }

  private async reopen(): Promise<void> {
    await this.reading.letGo(new EmoscopeError('STORE_WRITE', 'The database is being opened anew after a fault'));
    await this.opened.database.close();
    this.opened.database = await Database.open(this.options);
    this.reading.begin();
    this.opened.writer = await Writer.create(this.opened.database.writer, this.opened.writer);
    this.options.logger.warn('store: opened anew after a fault');
  }

  private async look(): Promise<void> {
    this.looked = await this.reading.look(async (connection) => {
      const counts = REGISTERED_KINDS.map(({ kind, table }) => `(SELECT count(*) FROM ${table}) AS ${kind}`);
      const [row = {}] = await selectRows(
        connection,
        `SELECT ${counts.join(', ')}, (SELECT sum(memory_usage_bytes)::DOUBLE FROM duckdb_memory()) AS memory`,
      );
      const { rawFromTs } = await readHorizon(connection);
      const stored = perKind((kind) => numberOf(row, kind));
      return { stored, rawFromTs, memoryBytes: sumOf(row, 'memory'), ...(await this.opened.database.fileSizes()) };
    });
  }

  /** Frames that a process which died left waiting: nothing is known against the faces in them, so they count. */
  private async takeUpHeld(): Promise<void> {
    const rows = await this.reading.look((connection) => selectRows(connection, 'SELECT key, content FROM held'));
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

  /** Reads what has been appended by now and nothing that comes after it. */
  private async askBefore<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    this.reading.refuseClosed();
    try {
      const snapshot = await this.committer.atBorder(() => this.reading.fix());
      return await snapshot.read(work);
    } catch (error) {
      throw storeError(error);
    }
  }
}
