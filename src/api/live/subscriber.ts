import type { Socket } from 'socket.io';
import { TOPICS, type ClientEvents, type FacesEvent, type ServerEvents, type Topic } from '../../contracts/events.js';
import { mayLive, type ToldName } from '../auth/access.js';
import type { Disclosure } from '../../disclosure/disclosure.js';
import type { Identity } from '../auth/roles.js';

export type LiveSocket = Socket<ClientEvents, ServerEvents, Record<string, never>, { identity: Identity }>;

/** What one subscriber asked for. */
export interface Wish {
  readonly topics: ReadonlySet<Topic>;
  /** null: every stream. */
  readonly streams: ReadonlySet<string> | null;
  /** Contact points; null: every one. */
  readonly points: ReadonlySet<string> | null;
  readonly facesIntervalMs: number;
}

/** Why an event is not sent: the client reads too slowly, or asked for fewer. */
export type Withheld = 'behind' | 'throttled';

/** Packets waiting in the socket beyond which faces, curves and the like are not added. */
const FULL_AT = 4;

/** Which events a topic brings. */
export const TOPIC_EVENTS = {
  faces: ['faces'],
  metrics: ['metrics', 'door'],
  contacts: ['contact:start', 'contact:update', 'contact:end', 'happy-index'],
  status: ['status'],
} as const satisfies Readonly<Record<Topic, readonly ToldName[]>>;

const TOPIC_OF = new Map(
  TOPICS.flatMap((topic) => TOPIC_EVENTS[topic].map((event): [ToldName, Topic] => [event, topic])),
);

/** One connected client: its wish, what it lost, and what it is still owed. Nothing queues here beyond one value per key. */
export class Subscriber {
  wish: Wish | null = null;
  /** `faces` lost since the last one that went out, per stream. */
  private readonly lost = new Map<string, number>();
  private readonly lastFacesMs = new Map<string, number>();
  private readonly owed = new Map<string, () => void>();
  /** Contacts up to this `seq` are delivered. */
  deliveredSeq = 0;
  /** Packets handed to the socket that its transport has not taken yet. */
  private waiting = 0;
  isPumping = false;

  constructor(
    readonly socket: LiveSocket,
    readonly identity: Identity,
    private readonly disclosure: Pick<Disclosure, 'tells'>,
    onDrained: (subscriber: Subscriber) => void,
  ) {
    socket.conn.on('packetCreate', () => {
      this.waiting += 1;
    });
    socket.conn.on('drain', () => {
      const hadWaited = this.waiting > 1 || this.owed.size > 0;
      this.waiting = 0;
      if (hadWaited) setImmediate(() => onDrained(this));
    });
  }

  /** Packets that the client has not taken yet. */
  get packetsWaiting(): number {
    return this.waiting;
  }

  /** The client reads more slowly than we write. */
  get isBehind(): boolean {
    return this.waiting >= FULL_AT;
  }

  /** Whether this event goes to this subscriber: asked for, allowed, and told at all. */
  wants(event: ToldName, source: { readonly streamId?: string; readonly pointId?: string }): boolean {
    const topic = TOPIC_OF.get(event);
    if (this.wish === null || topic === undefined || !this.wish.topics.has(topic)) return false;
    if (!mayLive(this.identity.role, event) || !this.disclosure.tells(event)) return false;
    const { streams, points } = this.wish;
    if (source.streamId !== undefined && streams !== null && !streams.has(source.streamId)) return false;
    return source.pointId === undefined || points === null || points.has(source.pointId);
  }

  /** Takes one `faces` event (how many were lost before it) or refuses it (why). */
  admitFaces({ streamId }: Pick<FacesEvent, 'streamId'>, nowMs: number): number | Withheld {
    const last = this.lastFacesMs.get(streamId) ?? -Infinity;
    const lost = this.lost.get(streamId) ?? 0;
    const withheld: Withheld | null = this.isBehind
      ? 'behind'
      : nowMs - last < (this.wish?.facesIntervalMs ?? 0)
        ? 'throttled'
        : null;
    if (withheld !== null) {
      this.lost.set(streamId, lost + 1);
      return withheld;
    }
    this.lastFacesMs.set(streamId, nowMs);
    this.lost.delete(streamId);
    return lost;
  }

  /** Sends now, or, to a client that is behind, when it has caught up; of one key only the newest waits. */
  sendLatest(key: string, send: () => void): void {
    if (this.isBehind) this.owed.set(key, send);
    else {
      this.owed.delete(key);
      send();
    }
  }

  /** Pays what is owed as far as the client keeps up. */
  payOwed(): void {
    for (const [key, send] of this.owed) {
      if (this.isBehind) return;
      this.owed.delete(key);
      send();
    }
  }

  /** Takes a new wish; what was lost or owed under the old one is forgotten. */
  change(wish: Wish | null): void {
    this.wish = wish;
    this.lost.clear();
    this.lastFacesMs.clear();
    this.owed.clear();
  }
}
