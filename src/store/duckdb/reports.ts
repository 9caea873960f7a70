import type { DuckDBConnection } from '@duckdb/node-api';
import type { Contact } from '../../contracts/contact.js';
import type { CellQuery } from '../ports/cell-ledger.js';
import type { CheckGroupFilter } from '../ports/check-group-reader.js';
import type { ContactQuery, CountedContactQuery } from '../ports/contact-reader.js';
import type { CountQuery, ObservationFilter } from '../ports/observation-reader.js';
import type { Me1Answer, Me1Query, Me1Source, SeriesAnswer, SeriesQuery } from '../ports/portrait-reader.js';
import type { ReportReader } from '../ports/report-reader.js';
import type { RowFilter } from '../ports/row-filter.js';
import type { Period } from '../../contracts/period.js';
import type { ExportFile, ExportQuery, SampleFilter, VisitorQuery, VisitorSums } from '../ports/visit-reader.js';
import { cellLength, cellSpans, listCells } from './questions/cells-query.js';
import { contactTotals, listContacts, oneContact } from './questions/contacts-query.js';
import { countedContacts } from './questions/counted-contacts.js';
import { counting } from './questions/counting-query.js';
import { exportSamples } from './questions/export.js';
import { me1 } from './questions/me1-query.js';
import { listCheckGroups } from './questions/check-groups-query.js';
import { countSums, listObservations, listRevisions } from './questions/observations-query.js';
import { distinctStreams, filledPeriod } from './questions/presence-query.js';
import { series } from './questions/series-query.js';
import { visitorSums } from './questions/visitor-sums.js';
import { listSamples, listTracks } from './questions/visitors-query.js';

/** Lends a connection for one question; throws the store's errors, or the reason of a signal that aborts. */
export type Ask = <T>(work: (connection: DuckDBConnection) => Promise<T>, signal?: AbortSignal) => Promise<T>;

/** Answers from the tables. */
export class DuckdbReports implements ReportReader {
  constructor(
    protected readonly ask: Ask,
    /** The database's file, beside which copies for export are made. */
    private readonly path: string,
  ) {}

  askedBy(signal: AbortSignal): ReportReader {
    return new DuckdbReports((work, own = signal) => this.ask(work, own), this.path);
  }

  me1(params: Me1Query, source: Me1Source = 'auto'): Promise<Me1Answer> {
    return this.ask((connection) => me1(connection, params, source));
  }

  series(query: SeriesQuery): Promise<SeriesAnswer> {
    return this.ask((connection) => series(connection, query));
  }

  counting(filter: RowFilter & { readonly longStayMs: number }) {
    return this.ask((connection) => counting(connection, filter));
  }

  streams(period: Period) {
    return this.ask((connection) => distinctStreams(connection, period));
  }

  filled(period: Period): Promise<Period | null> {
    return this.ask((connection) => filledPeriod(connection, period));
  }

  visitorSums(query: VisitorQuery): Promise<VisitorSums> {
    return this.ask((connection) => visitorSums(connection, query));
  }

  tracks(filter: RowFilter & { readonly limit: number }) {
    return this.ask((connection) => listTracks(connection, filter));
  }

  samples(filter: SampleFilter) {
    return this.ask((connection) => listSamples(connection, filter));
  }

  exportSamples(query: ExportQuery): Promise<ExportFile> {
    return this.ask((connection) => exportSamples(connection, this.path, query), query.signal);
  }

  contacts(query: ContactQuery): Promise<readonly Contact[]> {
    return this.ask((connection) => listContacts(connection, query));
  }

  countedContacts(query: CountedContactQuery) {
    return this.ask((connection) => countedContacts(connection, query));
  }

  contact(id: string): Promise<Contact | null> {
    return this.ask((connection) => oneContact(connection, id));
  }

  contactTotals(filter: Period & { readonly points?: readonly string[] }) {
    return this.ask((connection) => contactTotals(connection, filter));
  }

  observations(filter: ObservationFilter & { readonly limit: number }) {
    return this.ask((connection) => listObservations(connection, filter));
  }

  revisions(ids: readonly string[]) {
    return this.ask((connection) => listRevisions(connection, ids));
  }

  counts(query: CountQuery) {
    return this.ask((connection) => countSums(connection, query));
  }

  checkGroups(filter: CheckGroupFilter) {
    return this.ask((connection) => listCheckGroups(connection, filter));
  }

  cells(query: CellQuery) {
    return this.ask((connection) => listCells(connection, query));
  }

  cellLength(query: CellQuery & { readonly share: number }) {
    return this.ask((connection) => cellLength(connection, query));
  }

  cellSpans(query: CellQuery & { readonly bucketStarts: readonly number[] }) {
    return this.ask((connection) => cellSpans(connection, query));
  }
}
