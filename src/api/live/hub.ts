import type {
  FacesEvent,
  MetricsEvent,
  MetricsHistory,
  ReleasedFigures,
  ServerEvents,
  Snapshot,
} from '../../contracts/events.js';
import type { Clock } from '../../runtime/clock.js';
import type { Logger } from '../../runtime/logger.js';
import { mayLive, type ToldName } from '../auth/access.js';
import type { LiveListener } from './live-port.js';
import type { Ports } from '../context.js';
import type { Disclosure } from '../../disclosure/disclosure.js';
import { ContactDelivery } from './contact-delivery.js';
import { CurveMemory } from './curve-memory.js';
import { narrowed } from './narrowed.js';
import { OutsideSinks, type LiveSink } from './outside-sinks.js';
import { REPLAY_MS, ReplayBuffer } from './replay-buffer.js';
import type { Subscriber } from './subscriber.js';
import { WithheldCounts, type WithheldCount } from './withheld-counts.js';

/** A contact is announced at most this long after its end. */
const ANNOUNCED_WITHIN_MS = 10_000;

export interface LiveStats {
  readonly subscribers: number;
  readonly facesLost: number;
  readonly cutOff: number;
  /** Events not sent to a subscriber, counted per event and reason. */
  readonly withheld: readonly WithheldCount[];
  /** Packets that wait for the slowest subscriber. */
  readonly mostPacketsWaiting: number;
}

/** Sends one event to many sockets, encoded once. */
export type Broadcast = <E extends keyof ServerEvents>(
  socketIds: readonly string[],
  event: E,
  payload: Parameters<ServerEvents[E]>[0],
) => void;

export interface HubOptions {
  readonly ports: Pick<Ports, 'streams' | 'contacts' | 'live'>;
  readonly disclosure: Disclosure;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Numbers live events and fans them out. `seq` follows the wall clock in microseconds, so that it keeps growing over a
 * restart and a client's last `seq` stays comparable.
 */
export class LiveHub implements LiveListener {
  private readonly subscribers = new Set<Subscriber>();
  private readonly replay = new ReplayBuffer();
  private seq: number;
  /** After disclosure: what those were given who may see faces, and the others. */
  private readonly curves = { full: new CurveMemory(), safe: new CurveMemory() };
  private lastMetrics: { readonly full: MetricsEvent; readonly safe: MetricsEvent } | null = null;
  private readonly withheld = new WithheldCounts();
  private cutOff = 0;
  private broadcast: Broadcast = () => undefined;
  private readonly outside: OutsideSinks;
  private readonly contacts: ContactDelivery;

  constructor(private readonly options: HubOptions) {
    this.seq = options.clock.now() * 1000;
    this.outside = new OutsideSinks(options.disclosure);
    this.contacts = new ContactDelivery(this.replay, options, (subscriber) => this.subscribers.has(subscriber));
  }

  /** Connects the transport. */
  sendWith(broadcast: Broadcast): void {
    this.broadcast = broadcast;
  }

  /**
   * Takes up the contacts that ended before a restart. Their numbers are a little late rather than early: a client may
   * get one twice, but misses none.
   */
  async resume(): Promise<void> {
    const now = this.options.clock.now();
    const request = { fromTs: now - 2 * REPLAY_MS, toTs: now, points: [], verdict: null, before: null, limit: 5000 };
    const ended = (await this.options.ports.contacts.list(request)).filter(({ endTs }) => now - endTs <= REPLAY_MS);
    let seq = 0;
    const entries = [...ended]
      .sort((a, b) => a.endTs - b.endTs)
      .map(({ id: contactId, pointId, endTs: ts }) => {
        seq = Math.max(seq + 1, Math.min(ts + ANNOUNCED_WITHIN_MS, now) * 1000);
        return { seq, ts, pointId, contactId };
      });
    this.seq = Math.max(this.seq, seq);
    this.replay.seed(entries);
  }

  /** Connects another system. */
  addSink(sink: LiveSink): void {
    this.outside.add(sink);
  }

  add(subscriber: Subscriber): void {
    this.subscribers.add(subscriber);
  }

  remove(subscriber: Subscriber): void {
    this.subscribers.delete(subscriber);
  }

  /** Subscribers whose transport has not taken everything yet. */
  waiting(): readonly Subscriber[] {
    return [...this.subscribers].filter(({ packetsWaiting }) => packetsWaiting > 0);
  }

  countCutOff(): void {
    this.cutOff += 1;
  }

  stats(): LiveStats {
    const withheld = this.withheld.list();
    return {
      subscribers: this.subscribers.size,
      facesLost: this.withheld.facesLost,
      cutOff: this.cutOff,
      withheld,
      mostPacketsWaiting: Math.max(0, ...[...this.subscribers].map(({ packetsWaiting }) => packetsWaiting)),
    };
  }

  /** What a new subscriber should know at once. */
  snapshot(subscriber: Subscriber): Snapshot {
    const { ports, disclosure } = this.options;
    const streams = ports.streams.list().filter(({ id: streamId }) => subscriber.wants('status', { streamId }));
    const audience = seesFaces(subscriber) ? 'full' : 'safe';
    const last = this.lastMetrics?.[audience];
    const metrics = last === undefined ? null : narrowed(last, subscriber);
    const wantsMetrics = subscriber.wants('metrics', {});
    return {
      metrics: wantsMetrics ? metrics : null,
      history: wantsMetrics ? this.curveOf(subscriber) : { ts: [], streams: {} },
      happyIndex: ports.live
        .happyIndex()
        .filter((event) => subscriber.wants('happy-index', event))
        .map((event) => ({ ...event, seq: this.seq })),
      streams: streams.map((status) => disclosure.status(status, { url: false, faces: seesFaces(subscriber) })),
      doors: ports.live
        .doors()
        .filter((event) => subscriber.wants('door', event))
        .map((event) => ({ ...event, seq: this.seq })),
    };
  }

  private curveOf(subscriber: Subscriber): MetricsHistory {
    const wanted = subscriber.wish?.streams ?? null;
    return this.curves[seesFaces(subscriber) ? 'full' : 'safe'].read((id) => wanted === null || wanted.has(id));
  }

  /** Ended contacts a subscriber will be sent from where it stands. */
  backlog(subscriber: Subscriber): number {
    return subscriber.wants('contact:end', {})
      ? this.replay.count(subscriber.deliveredSeq, subscriber.wish?.points ?? null)
      : 0;
  }

  /** The newest number given out. */
  get currentSeq(): number {
    return this.seq;
  }

  faces(event: Omit<FacesEvent, 'seq' | 'lost'>): void {
    const { disclosure, clock } = this.options;
    const now = clock.monotonic();
    const shown = { ...event, seq: this.next(), faces: disclosure.faces(event.faces), lost: 0 };
    const current: string[] = [];
    for (const subscriber of this.wanting('faces', event)) {
      const lost = subscriber.admitFaces(event, now);
      if (typeof lost === 'string') this.withheld.add('faces', lost);
      else if (lost === 0) current.push(subscriber.socket.id);
      else subscriber.socket.emit('faces', { ...shown, lost });
    }
    this.broadcast(current, 'faces', shown);
  }

  metrics(event: Omit<MetricsEvent, 'seq'>, released: ReleasedFigures | null = null): void {
    const { disclosure } = this.options;
    const seq = this.next();
    const full: MetricsEvent = { ...disclosure.metrics(event, released), seq };
    const safe: MetricsEvent = { ...disclosure.metrics(disclosure.released(event, released), released), seq };
    this.lastMetrics = { full, safe };
    this.curves.full.add(full);
    this.curves.safe.add(safe);
    const everything = { full: [] as string[], safe: [] as string[] };
    for (const subscriber of this.wanting('metrics', {})) {
      const shown = seesFaces(subscriber) ? 'full' : 'safe';
      if (subscriber.isBehind || subscriber.wish?.streams !== null) {
        const payload = shown === 'full' ? full : safe;
        subscriber.sendLatest('metrics', () => subscriber.socket.emit('metrics', narrowed(payload, subscriber)));
      } else everything[shown].push(subscriber.socket.id);
    }
    this.broadcast(everything.full, 'metrics', full);
    this.broadcast(everything.safe, 'metrics', safe);
    this.outside.tell({ event: 'metrics', payload: safe });
  }

  history(history: MetricsHistory, released: MetricsHistory | null = null): void {
    const { disclosure } = this.options;
    const { full, safe } = disclosure.history(history, released);
    this.curves.full.seed(full, { instead: false });
    // Until the cells had been read nothing was given out at all.
    this.curves.safe.seed(safe, { instead: disclosure.guardsSmallGroups });
    for (const subscriber of this.wanting('metrics', {}))
      subscriber.sendLatest('history', () => subscriber.socket.emit('history', this.curveOf(subscriber)));
  }

  contactStart(event: Parameters<LiveListener['contactStart']>[0]): void {
    const full = { ...event, seq: this.next() };
    this.broadcast(this.keepingUp('contact:start', event), 'contact:start', full);
  }

  contactUpdate(event: Parameters<LiveListener['contactUpdate']>[0]): void {
    const full = { ...event, curve: this.options.disclosure.curve(event.curve), seq: this.next() };
    this.broadcast(this.keepingUp('contact:update', event), 'contact:update', full);
  }

  contactEnd(contact: Parameters<LiveListener['contactEnd']>[0]): void {
    const shown = this.options.disclosure.contact(contact);
    const event = { seq: this.next(), contact: shown, reason: shown.reason };
    this.replay.add(event, this.options.clock.now());
    this.outside.tell({ event: 'contact:end', payload: event });
    for (const subscriber of this.wanting('contact:end', { pointId: contact.pointId })) this.pump(subscriber);
  }

  happyIndex(event: Parameters<LiveListener['happyIndex']>[0]): void {
    const full = { ...event, seq: this.next() };
    this.outside.tell({ event: 'happy-index', payload: full });
    for (const subscriber of this.wanting('happy-index', event)) {
      subscriber.sendLatest(`happy-index ${event.pointId}`, () => subscriber.socket.emit('happy-index', full));
    }
  }

  happyIndexReleased(event: Parameters<LiveListener['happyIndexReleased']>[0]): void {
    this.outside.tell({ event: 'happy-index', payload: { ...event, seq: this.next() } });
  }

  status(status: Parameters<LiveListener['status']>[0]): void {
    const { disclosure } = this.options;
    const seq = this.next();
    const full = { ...disclosure.status(status, { url: false, faces: true }), seq };
    const safe = { ...disclosure.status(status, { url: false, faces: false }), seq };
    this.outside.tell({ event: 'status', payload: safe });
    for (const subscriber of this.wanting('status', { streamId: status.id })) {
      const shown = seesFaces(subscriber) ? full : safe;
      subscriber.sendLatest(`status ${status.id}`, () => subscriber.socket.emit('status', shown));
    }
  }

  door(event: Parameters<LiveListener['door']>[0]): void {
    const full = { ...event, seq: this.next() };
    this.outside.tell({ event: 'door', payload: full });
    for (const subscriber of this.wanting('door', event))
      subscriber.sendLatest(`door ${event.streamId}`, () => subscriber.socket.emit('door', full));
  }

  /** Called when a client has taken what was waiting for it. */
  drained(subscriber: Subscriber): void {
    subscriber.payOwed();
    this.pump(subscriber);
  }

  /** Sends ended contacts in order from where the subscriber stands, as fast as it reads. */
  pump(subscriber: Subscriber): void {
    this.contacts.pump(subscriber);
  }

  private next(): number {
    this.seq = Math.max(this.seq + 1, this.options.clock.now() * 1000);
    return this.seq;
  }

  private wanting(event: ToldName, source: { streamId?: string; pointId?: string }): readonly Subscriber[] {
    return [...this.subscribers].filter((subscriber) => subscriber.wants(event, source));
  }

  private keepingUp(event: 'contact:start' | 'contact:update', source: { pointId: string }): readonly string[] {
    const wanting = this.wanting(event, source);
    const current = wanting.filter((subscriber) => !subscriber.isBehind);
    this.withheld.add(event, 'behind', wanting.length - current.length);
    return current.map(({ socket }) => socket.id);
  }
}

/** A role that may see faces live may see figures of single people live. */
const seesFaces = ({ identity }: Subscriber): boolean => mayLive(identity.role, 'faces');
