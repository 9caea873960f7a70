import { io, type ManagerOptions, type Socket } from 'socket.io-client';
import type {
  ClientEvents,
  ContactEndEvent,
  ServerEvents,
  Snapshot,
  SubscribeAck,
  SubscribeRequest,
} from '../contracts/events.js';

export interface LiveClientOptions extends Omit<SubscribeRequest, 'lastSeq'> {
  /** Address of the service, such as `http://localhost:8080` or, behind a proxy, `https://shop.example/emoscope`. */
  readonly url: string;
  /** API key; not needed while the service runs open on this machine, nor in a browser with a session. */
  readonly apiKey?: string;
  /** Last `seq` of `contact:end` handled by an earlier run: contacts since then are sent first (15 minutes back). */
  readonly lastSeq?: number;
  /** Told about each (re)connection; `replayed` contacts follow. */
  readonly onConnected?: (snapshot: Snapshot, replayed: number) => void;
  /** Told when the service refuses: code and message of the API. */
  readonly onRefused?: (code: string, message: string) => void;
  readonly onDisconnected?: (reason: string) => void;
  /** Told each time that the service could not be reached; the next try follows by itself. */
  readonly onUnreachable?: (message: string) => void;
  /** How messages travel; default WebSocket. */
  readonly transports?: ManagerOptions['transports'];
}

const ACK_TIMEOUT_MS = 10_000;
const RETRY_REFUSED_MS = 5000;
const REMEMBERED = 5000;

/**
 * Subscribes to live events and stays subscribed: reconnects by itself and names the last contact it has, so that
 * none that ended meanwhile is missed and none is delivered twice.
 */
export class LiveClient {
  private readonly socket: Socket<ServerEvents, ClientEvents>;
  private seq: number | undefined;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private isClosed = false;
  /** `seq` of the latest contacts, by id. */
  private readonly delivered = new Map<string, number>();

  constructor(private readonly options: LiveClientOptions) {
    this.seq = options.lastSeq;
    const service = new URL(options.url);
    this.socket = io(new URL('/live', service).href, {
      path: `${service.pathname.replace(/\/$/, '')}/socket.io`,
      transports: options.transports ?? ['websocket'],
      forceNew: true,
      autoConnect: false,
      withCredentials: true,
      reconnectionDelay: 500,
      reconnectionDelayMax: 5000,
      ...(options.apiKey === undefined ? {} : { auth: { apiKey: options.apiKey } }),
    });
    this.socket.on('connect', () => this.subscribe());
    this.socket.on('connect_error', (error) => {
      if (this.socket.active) options.onUnreachable?.(error.message);
      else this.refused(error.message, error.message);
    });
    this.socket.on('disconnect', (reason) => {
      options.onDisconnected?.(reason);
      if (!this.socket.active) this.retryLater();
    });
  }

  /** Last `seq` of `contact:end` delivered; keep it to continue in a later run. */
  get lastSeq(): number | undefined {
    return this.seq;
  }

  /** Calls `handle` for every event of a kind until the returned function is called. */
  on<E extends keyof ServerEvents>(event: E, handle: ServerEvents[E]): () => void {
    const listener = (payload: Parameters<ServerEvents[E]>[0]): void => {
      if (event === 'contact:end') {
        if (!this.isNews(payload as ContactEndEvent)) return;
      }
      (handle as (value: typeof payload) => void)(payload);
    };
    this.socket.on(event, listener as never);
    return () => this.socket.off(event, listener as never);
  }

  connect(): this {
    this.isClosed = false;
    this.socket.connect();
    return this;
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.retry);
    this.socket.disconnect();
  }

  /** After a restart of the service a contact may come again under another number. */
  private isNews({ seq, contact }: ContactEndEvent): boolean {
    if (this.delivered.has(contact.id)) return this.delivered.get(contact.id) === seq;
    this.seq = Math.max(this.seq ?? 0, seq);
    this.delivered.set(contact.id, seq);
    for (const oldest of this.delivered.keys()) {
      if (this.delivered.size <= REMEMBERED) break;
      this.delivered.delete(oldest);
    }
    return true;
  }

  private subscribe(): void {
    const { topics, streams, contacts, maxFacesPerSecond, onConnected } = this.options;
    const request: SubscribeRequest = {
      topics,
      ...(streams === undefined ? {} : { streams }),
      ...(contacts === undefined ? {} : { contacts }),
      ...(maxFacesPerSecond === undefined ? {} : { maxFacesPerSecond }),
      ...(this.seq === undefined ? {} : { lastSeq: this.seq }),
    };
    this.socket.timeout(ACK_TIMEOUT_MS).emit('subscribe', request, (error: Error | null, answer: SubscribeAck) => {
      if (error !== null) {
        if (this.socket.connected) this.socket.io.engine.close();
      } else if (answer.ok) onConnected?.(answer.snapshot, answer.replayed);
      else this.options.onRefused?.(answer.code, answer.message);
    });
  }

  private refused(code: string, message: string): void {
    this.options.onRefused?.(code, message);
    this.retryLater();
  }

  private retryLater(): void {
    if (this.isClosed) return;
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.socket.connect(), RETRY_REFUSED_MS);
  }
}
