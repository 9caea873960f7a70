import { signal } from '@preact/signals';
import { LiveClient } from '../../../src/client/live-client.js';
import type { Burst, CurvePoint } from '../../../src/contracts/contact.js';
import type {
  ContactEndEvent,
  DoorEvent,
  FacesEvent,
  HappyIndexEvent,
  MetricsEvent,
  MetricsHistory,
  Snapshot,
  SubscribeRequest,
} from '../../../src/contracts/events.js';
import type { StreamStatus } from '../../../src/contracts/stream.js';
import { BASE, sessionLost } from './api.js';
import { QuietWebSocket } from './quiet-web-socket.js';

/** A contact that is going on, or the last one that ended at a point. */
export interface LiveContact {
  readonly contactId: string;
  readonly pointId: string;
  readonly startTs: number;
  readonly curve: readonly CurvePoint[];
  readonly bursts: readonly Burst[];
  /** null while the contact goes on. */
  readonly end: ContactEndEvent | null;
}

/** The 10 s before a moment, by stream: samples, and those of them with a smile. */
export interface CurveMoment {
  readonly ts: number;
  readonly streams: Readonly<Record<string, { readonly samples: number; readonly absolute: number }>>;
}

const momentsOf = ({ ts, streams }: MetricsHistory): CurveMoment[] =>
  ts.map((at, index) => ({
    ts: at,
    streams: Object.fromEntries(
      Object.entries(streams).map(([id, { samples, absolute }]) => [
        id,
        { samples: samples[index] ?? 0, absolute: absolute[index] ?? 0 },
      ]),
    ),
  }));

const momentOf = ({ ts, streams }: MetricsEvent): CurveMoment => ({
  ts,
  streams: Object.fromEntries(Object.entries(streams).map(([id, windows]) => [id, windows['10s']])),
});

export type LinkState = 'connecting' | 'online' | 'offline';

/** How far the curves reach back, ms. */
const CURVE_MS = 900_000;

/** Frames whose faces are kept: more than a picture can be late. */
const RECENT_FACES = 60;

type FacesListener = (event: FacesEvent) => void;

/** The live side of the dashboard: the package's own client, its events as signals. */
export class LiveFeed {
  readonly link = signal<LinkState>('connecting');
  readonly streams = signal<readonly StreamStatus[]>([]);
  /** false until the first snapshot has come. */
  readonly ready = signal(false);
  readonly metrics = signal<MetricsEvent | null>(null);
  /** Moments of the last quarter of an hour; the server tells those before this page was opened. */
  readonly history = signal<readonly CurveMoment[]>([]);
  readonly contacts = signal<ReadonlyMap<string, LiveContact>>(new Map());
  readonly happyIndex = signal<ReadonlyMap<string, HappyIndexEvent>>(new Map());
  /** What each counter has seen today, by stream. */
  readonly doors = signal<ReadonlyMap<string, DoorEvent>>(new Map());
  /** Newest faces per stream. */
  readonly latestFaces = new Map<string, FacesEvent>();
  /** The last faces per stream by capture time, for pictures that come later than their faces. */
  readonly #recentFaces = new Map<string, Map<number, FacesEvent>>();
  readonly #listeners = new Map<string, Set<FacesListener>>();
  readonly #request: SubscribeRequest;
  #client: LiveClient | null = null;

  constructor(request: SubscribeRequest) {
    this.#request = request;
  }

  start(): void {
    const client = new LiveClient({
      url: new URL(BASE, document.baseURI).href,
      ...this.#request,
      transports: [QuietWebSocket],
      onConnected: (snapshot) => this.#begin(snapshot),
      onRefused: (code) => {
        this.link.value = 'offline';
        if (code === 'UNAUTHENTICATED') sessionLost.value += 1;
      },
      onUnreachable: () => {
        this.link.value = 'offline';
      },
      onDisconnected: () => {
        this.link.value = 'offline';
        this.#forgetFaces();
      },
    });
    client.on('faces', (event) => {
      this.#takeFaces(event);
    });
    client.on('metrics', (event) => {
      this.#takeMetrics(event);
    });
    client.on('history', (history) => {
      this.#takeHistory(history);
    });
    client.on('door', (event) => {
      this.doors.value = new Map(this.doors.value).set(event.streamId, event);
    });
    client.on('status', (event) => {
      this.#takeStatus(event);
    });
    client.on('contact:start', (event) => {
      this.#putContact({ ...event, curve: [], bursts: [], end: null });
    });
    client.on('contact:update', (event) => {
      this.#putContact({ ...event, end: null });
    });
    client.on('contact:end', (event) => {
      const { id, pointId, startTs, curve, bursts } = event.contact;
      this.#putContact({ contactId: id, pointId, startTs, curve, bursts, end: event });
    });
    client.on('happy-index', (event) => {
      this.happyIndex.value = new Map(this.happyIndex.value).set(event.pointId, event);
    });
    this.#client = client.connect();
  }

  stop(): void {
    this.#client?.close();
    this.#client = null;
  }

  /** Calls `listener` with each analysed frame's faces of a stream until the returned function is called. */
  onFaces(streamId: string, listener: FacesListener): () => void {
    const set = this.#listeners.get(streamId) ?? new Set<FacesListener>();
    this.#listeners.set(streamId, set.add(listener));
    return () => {
      set.delete(listener);
    };
  }

  /** The faces of the very frame with this capture time; undefined where they did not come. */
  facesAt(streamId: string, ts: number | null): FacesEvent | undefined {
    return ts === null ? undefined : this.#recentFaces.get(streamId)?.get(ts);
  }

  /** Forgets a stream's faces: they have gone, or the stream has stopped. */
  forgetFaces(streamId: string): void {
    this.latestFaces.delete(streamId);
    this.#recentFaces.delete(streamId);
  }

  /** Whether the camera has given a picture yet, so that one can be asked for. */
  hasFrame(stream: StreamStatus): boolean {
    const frames = this.metrics.value?.streams[stream.id]?.['10s'].frames ?? 0;
    return stream.framesAnalysed > 0 || frames > 0 || this.latestFaces.has(stream.id);
  }

  /** Takes a stream list that came over REST, for instance after a camera was added. */
  setStreams(streams: readonly StreamStatus[]): void {
    this.streams.value = streams;
  }

  #begin({ streams, history, happyIndex, metrics, doors }: Snapshot): void {
    this.link.value = 'online';
    this.streams.value = streams;
    this.#takeHistory(history);
    this.happyIndex.value = new Map(happyIndex.map((index) => [index.pointId, index]));
    this.doors.value = new Map(doors.map((door) => [door.streamId, door]));
    if (metrics !== null) this.#takeMetrics(metrics);
    this.ready.value = true;
  }

  #takeFaces(event: FacesEvent): void {
    this.latestFaces.set(event.streamId, event);
    const recent = this.#recentFaces.get(event.streamId) ?? new Map<number, FacesEvent>();
    this.#recentFaces.set(event.streamId, recent.set(event.ts, event));
    const [oldest] = recent.keys();
    if (recent.size > RECENT_FACES && oldest !== undefined) recent.delete(oldest);
    for (const listener of this.#listeners.get(event.streamId) ?? []) listener(event);
  }

  #forgetFaces(): void {
    for (const [streamId, event] of this.latestFaces) this.#takeFaces({ ...event, streamId, faces: [] });
  }

  /** What the server knows of the curve, and before that what this page has known. */
  #takeHistory(history: MetricsHistory): void {
    const known = momentsOf(history);
    const firstTs = known[0]?.ts ?? Infinity;
    this.history.value = [...this.history.value.filter(({ ts }) => ts < firstTs), ...known];
  }

  #takeMetrics(event: MetricsEvent): void {
    this.metrics.value = event;
    const earlier = this.history.value.filter(({ ts }) => ts > event.ts - CURVE_MS && ts < event.ts);
    this.history.value = [...earlier, momentOf(event)];
  }

  #takeStatus(event: StreamStatus): void {
    const known = this.streams.value.some((stream) => stream.id === event.id);
    this.streams.value = known
      ? this.streams.value.map((stream) => (stream.id === event.id ? event : stream))
      : [...this.streams.value, event];
    if (event.state !== 'online') {
      const faces = this.latestFaces.get(event.id);
      if (faces !== undefined && faces.faces.length > 0) this.#takeFaces({ ...faces, faces: [] });
    }
  }

  #putContact(contact: LiveContact): void {
    this.contacts.value = new Map(this.contacts.value).set(contact.pointId, contact);
  }
}
