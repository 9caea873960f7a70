import type { Language } from '../contracts/language.js';
import type { Readable } from 'node:stream';
import type { FiguresPort } from './reports/figures-port.js';
import type { ReportsPort } from './reports/reports-port.js';
import type { RenderedFile } from '../contracts/rendered-file.js';
import type { StreamConfig } from '../config/schema.js';
import type { AuditRecord, AuditSink } from '../contracts/audit.js';
import type { Contact, ContactPoint, HappyIndexReading, PointSummary, Verdict } from '../contracts/contact.js';
import type {
  ContactStartEvent,
  ContactUpdateEvent,
  FacesEvent,
  HappyIndexEvent,
  MetricsEvent,
  MetricsHistory,
  ReleasedFigures,
} from '../contracts/events.js';
import type { EngineInfo } from '../contracts/models.js';
import type { Period } from '../contracts/period.js';
import type { HistogramData } from '../runtime/histogram.js';
import type { PrivacyReport } from '../contracts/privacy-report.js';
import type { CameraCertificate, PushDoor, OfflineReason, ProbeResult, StreamStatus } from '../contracts/stream.js';

/** How a picture is to be shown. */
export interface PictureOptions {
  /** true: plain figures are drawn, and nothing of the frame itself is shown. */
  readonly blurred: boolean;
  /** Wider pictures are scaled down to this, pixels. */
  readonly maxWidthPx: number;
}

/** One encoded picture of a live view. */
export interface LivePicture {
  /** Capture time, epoch ms UTC. */
  readonly ts: number;
  readonly jpeg: Uint8Array;
  /** Whether figures can be told from the empty view yet; null where the frame is shown as it is. */
  readonly emptyViewKnown: boolean | null;
}

/** The cameras: their state, their configuration, their pictures. Changes apply at once and are written back. */
export interface StreamsPort {
  list(): readonly StreamStatus[];
  /** null for an unknown id. */
  get(id: string): StreamStatus | null;
  /** As configured, secrets included (the API redacts); null for an unknown id. */
  configOf(id: string): StreamConfig | null;
  /** Throws STREAM_EXISTS, CONFIG_INVALID, PRIVACY_REFUSED. */
  add(stream: StreamConfig): Promise<StreamStatus>;
  /** Replaces the named fields; throws STREAM_UNKNOWN, CONFIG_INVALID, PRIVACY_REFUSED. */
  patch(id: string, patch: Partial<Omit<StreamConfig, 'id'>>): Promise<StreamStatus>;
  /** Throws STREAM_UNKNOWN, or CONFLICT while a contact point needs it. */
  remove(id: string): Promise<void>;
  /** A one-off look at a source, 10 s at most; faults come back as a reason, never thrown. */
  probe(
    source: { readonly url: string } & Pick<StreamConfig, 'transport' | 'certificate' | 'allow' | 'rotate'>,
    signal: AbortSignal,
  ): Promise<ProbeOutcome>;
  /** The newest frame as JPEG, or null while there is none. */
  snapshot(id: string, options: PictureOptions): Promise<LivePicture | null>;
  /** Calls `show` for every analysed frame, as JPEG, until the returned function is called; encodes only while watched. */
  watch(id: string, options: PictureOptions, show: (picture: LivePicture) => void): () => void;
}

export type ProbeOutcome =
  | {
      readonly ok: true;
      readonly result: ProbeResult;
      readonly jpeg: Uint8Array | null;
      /** Set where video arrives but no picture of it could be shown yet. */
      readonly reason: OfflineReason | null;
      /** Null without TLS. */
      readonly certificate: CameraCertificate | null;
      /** How far a `listen:` address is open; null for others. */
      readonly door: PushDoor | null;
    }
  | {
      readonly ok: false;
      readonly reason: string;
      readonly detail: string;
      readonly certificate: CameraCertificate | null;
      readonly door: PushDoor | null;
    };

/** Pairs of views at which contacts are detected; changes apply at once and are written back. */
export interface ContactPointsPort {
  list(): readonly (ContactPoint & { readonly name?: string | undefined })[];
  /** Throws EXISTS for an id that is taken, CONFIG_INVALID when a view does not exist, PRIVACY_REFUSED. */
  add(point: ContactPoint & { readonly name?: string | undefined }): Promise<void>;
  /** Adds or replaces; throws CONFIG_INVALID when a view does not exist, PRIVACY_REFUSED. */
  put(point: ContactPoint & { readonly name?: string | undefined }): Promise<void>;
  /** Throws NOT_FOUND. */
  remove(id: string): Promise<void>;
}

export interface ContactsRequest extends Period {
  /** Empty: every point. */
  readonly points: readonly string[];
  readonly verdict: Verdict | null;
  /** Only contacts that come after this one in the order (startTs, id) descending. */
  readonly before: { readonly startTs: number; readonly id: string } | null;
  readonly limit: number;
}

/** Stored contacts, newest first. */
export interface ContactsPort {
  list(request: ContactsRequest): Promise<readonly Contact[]>;
  /** Since when contacts are shown one by one: the start of the running shift; −Infinity: always. */
  singlesSince(): number;
  get(id: string): Promise<Contact | null>;
  /** Happy-Index, C-Value and contagion of each point over a period. */
  summaries(
    period: Period & { readonly happyIndex: HappyIndexReading },
    signal: AbortSignal,
  ): Promise<readonly PointSummary[]>;
}

/**
 * Raw samples as a file, streamed; minors and (unless seller analytics is `on`) sellers are left out by the port. Throws
 * PRIVACY_REFUSED for a period with fewer visitors than k.
 */
export interface ExportPort {
  samples(
    request: Period & { readonly streams: readonly string[]; readonly format: 'csv' | 'parquet' },
    signal: AbortSignal,
  ): Promise<Readable>;
}

/** A consistent copy of the whole store, streamed; nothing of it stays behind when the stream ends or is destroyed. */
export interface BackupPort {
  open(): Promise<Readable>;
}

/** Append-only. */
export interface AuditPort extends AuditSink {
  /** Newest first; only entries with `seq` below `beforeSeq` when given. */
  list(request: { readonly beforeSeq: number | null; readonly limit: number }): Promise<readonly AuditRecord[]>;
}

/** How full a bounded queue is. */
export interface QueueLevel {
  readonly items: number;
  readonly capacity: number;
}

export interface Check {
  readonly ok: boolean;
  /** A sentence without secrets or paths. */
  readonly detail: string;
}

/** What /metrics shows beyond the stream states; all counters since the process started. */
export interface Telemetry {
  /** Frame arrival to sample per stream, seconds. */
  readonly latencySeconds: Readonly<Record<string, HistogramData>>;
  /** Recognised faces per stream. */
  readonly faces: Readonly<Record<string, number>>;
  /** Rejected faces per stream and reason. */
  readonly rejected: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Per stage (`detect`, `mesh`, `expression`, `age-gender`, `store` …), seconds. */
  readonly stageSeconds: Readonly<Record<string, HistogramData>>;
  readonly batchSizes: Readonly<Record<string, HistogramData>>;
  readonly storeRows: Readonly<Record<string, number>>;
  readonly storeRowsLost: number;
  readonly store: {
    readonly commits: number;
    readonly failedCommits: number;
    /** How long the last commit took; null before the first. */
    readonly lastCommitSeconds: number | null;
    readonly fileBytes: number;
    readonly walBytes: number;
    readonly freeBytes: number;
    readonly memoryBytes: number;
  };
  /** Every bounded queue between the stages, by name. */
  readonly queues: Readonly<Record<string, QueueLevel>>;
}

/** The service about itself. */
export interface SystemPort {
  engine(): EngineInfo;
  /** Keys: `models`, `store` and whatever else must hold before work is taken. */
  readiness(): Promise<Readonly<Record<string, Check>>>;
  telemetry(): Promise<Telemetry>;
  /** The last lines of the log, oldest first, redacted; empty where none are kept. */
  recentLog(): readonly string[];
  /** What is collected, where, how long, who saw it. */
  privacyReport(): Promise<PrivacyReport>;
  /** The notice for the door. */
  notice(format: 'html' | 'pdf', language: Language): Promise<RenderedFile>;
}

/** What the pipeline calls as things happen; the API numbers the events and fans them out. */
export interface LiveListener {
  faces(event: Omit<FacesEvent, 'seq' | 'lost'>): void;
  /** Once a second; `released` is what those see who may not see faces: whole cells alone. */
  metrics(event: Omit<MetricsEvent, 'seq'>, released?: ReleasedFigures | null): void;
  /** Once what was before a start has been read: the curves of the last quarter of an hour; `released` as above. */
  history(history: MetricsHistory, released?: MetricsHistory | null): void;
  contactStart(event: Omit<ContactStartEvent, 'seq'>): void;
  contactUpdate(event: Omit<ContactUpdateEvent, 'seq'>): void;
  contactEnd(contact: Contact): void;
  /** After each contact: for those who may be told of single contacts. */
  happyIndex(event: Omit<HappyIndexEvent, 'seq'>): void;
  /** When a whole shift is given out: for everybody else. */
  happyIndexReleased(event: Omit<HappyIndexEvent, 'seq'>): void;
  status(status: StreamStatus): void;
}

export interface LivePort {
  /** Registers the listener until the returned function is called. */
  listen(listener: LiveListener): () => void;
  /** The index of today of every point that had a contact. */
  happyIndex(): readonly Omit<HappyIndexEvent, 'seq'>[];
}

/** Everything the API needs from the rest of the service. */
export interface Ports {
  readonly streams: StreamsPort;
  readonly contactPoints: ContactPointsPort;
  readonly reports: ReportsPort;
  readonly figures: FiguresPort;
  readonly contacts: ContactsPort;
  readonly exports: ExportPort;
  readonly backup: BackupPort;
  readonly audit: AuditPort;
  readonly system: SystemPort;
  readonly live: LivePort;
}
