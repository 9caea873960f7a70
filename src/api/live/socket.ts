import { once } from 'node:events';
import type { Server as HttpServer } from 'node:http';
import { setImmediate as turn } from 'node:timers/promises';
import { fastifyCookie } from '@fastify/cookie';
import { Server, type Namespace } from 'socket.io';
import { z } from 'zod';
import { MISSING_ROLE } from '../../contracts/service/account-role.js';
import type { AuditAct } from '../../contracts/service/audit.js';
import { TOPICS, type ClientEvents, type ServerEvents, type SubscribeAck } from '../../contracts/events.js';
import { codeOf, EmoscopeError } from '../../runtime/errors.js';
import { LIVE_ACCESS, mayLive, type Access, type LiveEventName } from '../auth/access.js';
import type { Identity } from '../auth/roles.js';
import { askedLanguage, type AskedLanguage } from '../asked-language.js';
import type { ApiContext } from '../context.js';
import { meaningOf, reasonOf } from '../error-words.js';
import type { LiveHub } from './hub.js';
import { Looks } from './looks.js';
import { Subscriber, TOPIC_EVENTS, type LiveSocket, type Wish } from './subscriber.js';

const MAX_PACKETS_PER_10_S = 200;
/** How long those who still read are waited for at the end. */
const LAST_WORDS_MS = 500;

const ids = z.array(z.string().min(1).max(128)).max(256);

/** What `subscribe` accepts. */
const subscribeRequest = z.strictObject({
  streams: ids.optional(),
  contacts: ids.optional(),
  topics: z.array(z.enum(TOPICS)).min(1).max(TOPICS.length),
  lastSeq: z.number().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
  maxFacesPerSecond: z.number().min(1).max(30).default(15),
});

type LiveServer = Server<ClientEvents, ServerEvents, Record<string, never>, { identity: Identity }>;
type LiveNamespace = Namespace<ClientEvents, ServerEvents, Record<string, never>, { identity: Identity }>;

const refusal = (error: unknown, language: AskedLanguage): SubscribeAck & { ok: false } => {
  const code = codeOf(error);
  const message = error instanceof EmoscopeError ? reasonOf(error, language) : meaningOf(code, language);
  return { ok: false, code, message };
};

/** Calls the acknowledgement, which is the last argument when the client asked for one. */
const acknowledge = (args: readonly unknown[], answer: SubscribeAck | { readonly ok: true }): void => {
  const ack = args.at(-1);
  if (typeof ack === 'function') (ack as (answer: unknown) => void)(answer);
};

/** The Socket.IO side of the live hub: who may connect, what may be said, and the end of those who stop listening. */
export class LiveSocketServer {
  private readonly io: LiveServer;
  private readonly namespace: LiveNamespace;

  constructor(
    server: HttpServer,
    private readonly hub: LiveHub,
    private readonly context: ApiContext,
  ) {
    const { corsOrigins } = context.config.server;
    this.io = new Server(server, {
      path: '/socket.io',
      serveClient: false,
      maxHttpBufferSize: 65_536,
      pingInterval: 10_000,
      pingTimeout: 10_000,
      connectTimeout: 10_000,
      cors: { origin: [...corsOrigins], credentials: true },
      allowRequest: (request, answer) => {
        const peerAddress = request.socket.remoteAddress ?? '';
        answer(null, !context.authenticator.isForeign({ headers: request.headers, peerAddress }));
      },
    });
    this.io.engine.on('connection_error', () => undefined);
    this.io.use((_socket, next) => next(new Error('NOT_FOUND')));
    this.namespace = this.io.of('/live');
    this.namespace.use((socket, next) => {
      this.admit(socket).then(
        () => next(),
        (error: unknown) => next(new Error(codeOf(error))),
      );
    });
    this.namespace.on('connection', (socket) => this.connected(socket));
    hub.sendWith((socketIds, event, payload) => {
      if (socketIds.length > 0) this.namespace.to([...socketIds]).emit(event, ...([payload] as never));
    });
  }

  /** Ends every connection in a way that makes clients come back; what was told last goes out before. */
  async close(): Promise<void> {
    await this.sendLastWords();
    this.io.engine.close();
    this.namespace.disconnectSockets(true);
  }

  /** Closing throws away what the transports have not taken yet, such as the contacts that end with the service. */
  private async sendLastWords(): Promise<void> {
    const signal = AbortSignal.timeout(LAST_WORDS_MS);
    for (let left = this.hub.waiting(); left.length > 0 && !signal.aborted; left = this.hub.waiting()) {
      await Promise.all(left.map(({ socket }) => once(socket.conn, 'drain', { signal }))).catch(() => undefined);
      await turn();
    }
  }

  private async identify(socket: LiveSocket): Promise<Identity> {
    const { authenticator } = this.context;
    const { headers, auth } = socket.handshake;
    const { apiKey } = auth as { apiKey?: unknown };
    const peerAddress = socket.conn.remoteAddress;
    const cookieName = authenticator.cookieName(authenticator.frontage({ headers, peerAddress }));
    const identity = await authenticator.identify({
      headers: typeof apiKey === 'string' ? { ...headers, 'x-api-key': apiKey } : headers,
      peerAddress,
      cookie: fastifyCookie.parse(headers.cookie ?? '')[cookieName],
    });
    if (identity === null)
      throw new EmoscopeError('UNAUTHENTICATED', {
        ru: 'Войдите или пришлите ключ API.',
        en: 'Log in, or send an API key.',
      });
    return identity;
  }

  private async admit(socket: LiveSocket): Promise<void> {
    const identity = await this.identify(socket);
    this.context.connections.assertRoom('socket', identity);
    socket.data.identity = identity;
  }

  private connected(socket: LiveSocket): void {
    const { disclosure } = this.context;
    const subscriber = new Subscriber(socket, socket.data.identity, disclosure, (drained) => this.hub.drained(drained));
    this.hub.add(subscriber);
    const done = this.context.connections.add({
      kind: 'socket',
      identity: socket.data.identity,
      identify: () => this.identify(socket),
      close: () => socket.conn.close(),
    });
    let packets = 0;
    let sinceMs = this.context.clock.monotonic();
    socket.use((_packet, next) => {
      const now = this.context.clock.monotonic();
      if (now - sinceMs > 10_000) [packets, sinceMs] = [0, now];
      packets += 1;
      if (packets <= MAX_PACKETS_PER_10_S) next();
      else this.cutOff(subscriber);
    });
    socket.on('error', () => undefined);
    const looks = new Looks();
    let turn = Promise.resolve();
    /** One wish after another: each waits until the looks it begins are on disk. */
    const inTurn = (job: () => Promise<void>): void => {
      turn = turn.then(job).catch((error: unknown) => {
        this.context.logger.error({ err: error }, 'a live subscription failed');
        socket.conn.close();
      });
    };
    socket.on('subscribe', (...args: readonly unknown[]) =>
      inTurn(async () => {
        const answer = await this.subscribe(subscriber, looks, args[0]);
        acknowledge(args, answer);
        if (answer.ok) this.hub.pump(subscriber);
      }),
    );
    socket.on('unsubscribe', (...args: readonly unknown[]) =>
      inTurn(() => {
        subscriber.change(null);
        looks.end();
        acknowledge(args, { ok: true });
        return Promise.resolve();
      }),
    );
    socket.on('disconnect', () => {
      done();
      this.hub.remove(subscriber);
      inTurn(() => {
        looks.end();
        return Promise.resolve();
      });
    });
  }

  private async subscribe(subscriber: Subscriber, looks: Looks, request: unknown): Promise<SubscribeAck> {
    try {
      const parsed = subscribeRequest.safeParse(request);
      if (!parsed.success) {
        const why = z.prettifyError(parsed.error).slice(0, 500);
        throw new EmoscopeError('VALIDATION', { ru: `Подписка составлена неверно: ${why}`, en: why });
      }
      const { topics, streams, contacts, lastSeq, maxFacesPerSecond } = parsed.data;
      const { role } = subscriber.identity;
      for (const topic of topics) {
        if (!TOPIC_EVENTS[topic].some((event) => mayLive(role, event))) {
          const refused = this.actOf(subscriber, TOPIC_EVENTS[topic][0], null);
          if (refused !== null) this.context.ports.audit.note(refused, 'refused');
          const { needs } = LIVE_ACCESS[TOPIC_EVENTS[topic][0]];
          throw new EmoscopeError('FORBIDDEN', MISSING_ROLE[needs][role]);
        }
      }
      const wish: Wish = {
        topics: new Set(topics),
        streams: streams === undefined ? null : new Set(streams),
        points: contacts === undefined ? null : new Set(contacts),
        facesIntervalMs: 1000 / maxFacesPerSecond,
      };
      await looks.begin(this.context.ports.audit, this.looksOf(subscriber, wish));
      subscriber.change(wish);
      subscriber.deliveredSeq = lastSeq ?? this.hub.currentSeq;
      return { ok: true, snapshot: this.hub.snapshot(subscriber), replayed: this.hub.backlog(subscriber) };
    } catch (error) {
      return refusal(error, askedLanguage(subscriber.socket.handshake.headers['accept-language']));
    }
  }

  /** The looks at single people that a wish begins. */
  private looksOf(subscriber: Subscriber, { topics, streams, points }: Wish): readonly AuditAct[] {
    const { role } = subscriber.identity;
    return [
      ...(topics.has('faces') && mayLive(role, 'faces') ? [this.actOf(subscriber, 'faces', streams)] : []),
      ...(topics.has('contacts') && mayLive(role, 'contact:end')
        ? [this.actOf(subscriber, 'contact:end', points)]
        : []),
    ].filter((act) => act !== null);
  }

  private actOf(subscriber: Subscriber, event: LiveEventName, targets: ReadonlySet<string> | null): AuditAct | null {
    const { audit, action }: Access = LIVE_ACCESS[event];
    if (audit === null || action === null) return null;
    return {
      kind: audit,
      actor: subscriber.identity.actor,
      action,
      target: targets === null ? null : [...targets].join(',').slice(0, 200),
      address: this.addressOf(subscriber.socket),
      requestId: null,
    };
  }

  private addressOf({ handshake, conn }: LiveSocket): string {
    const caller = { headers: handshake.headers, peerAddress: conn.remoteAddress };
    return this.context.authenticator.frontage(caller).clientAddress;
  }

  private cutOff(subscriber: Subscriber): void {
    this.hub.countCutOff();
    subscriber.socket.conn.close();
  }
}
