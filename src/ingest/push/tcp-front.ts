import { createServer, type Server, type Socket } from 'node:net';
import type { DoorGuard } from './door.js';
import type { PushAddress } from './push-address.js';
import { portFault, type Door, type DoorEvents, type Publisher } from './publisher.js';

/** Connections whose publisher is not known yet. */
const MOST_WAITING = 16;
const MOST_WAITING_OF_ONE = 4;
/** In which a publisher must say who it is, ms. */
const GREETING_MS = 10_000;
/** Keys cannot be tried faster than this, ms for each place. */
const REFUSED_MS = 1000;

/** What one kind of door does with a connection until it lets it in or turns it away. */
export interface Visit {
  readonly socket: Socket;
  /** False: somebody else was let in before. */
  admit(publisher: Publisher): boolean;
  refuse(why: string): void;
}

interface Waiting {
  readonly from: string;
  refused: boolean;
  end(): void;
}

/**
 * A TCP port that turns away who may not come, before a byte of theirs is read, and keeps a few places for those who have not
 * said yet who they are: the oldest gives its place up. It lets one in; the port stays taken, so that nobody else listens there.
 */
export class TcpFront implements Door {
  readonly publisher: Promise<Publisher>;
  private readonly server: Server;
  private readonly waiting = new Set<Waiting>();
  private admitted: Socket | null = null;
  private closed = false;
  private resolve: (publisher: Publisher) => void = () => undefined;

  constructor(
    address: PushAddress,
    private readonly guard: DoorGuard,
    private readonly events: DoorEvents,
    private readonly greet: (visit: Visit) => void,
  ) {
    this.server = createServer({ noDelay: true }, (socket) => this.come(socket));
    this.publisher = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.server.once('error', (error) => reject(portFault(error)));
    });
    this.server.listen({ port: address.port, ...(address.host === '' ? {} : { host: address.host }) });
  }

  close(): void {
    this.closed = true;
    this.server.close();
    for (const { end } of [...this.waiting]) end();
    this.admitted?.destroy();
  }

  private come(socket: Socket): void {
    const from = socket.remoteAddress ?? '';
    socket.on('error', () => socket.destroy());
    const why = this.whyNot(from);
    if (why !== null) {
      socket.destroy();
      if (!this.closed) this.events.onRefused(from, why);
      return;
    }
    const timer = setTimeout(() => refuse('did not say in time who it is'), GREETING_MS);
    const waiting: Waiting = { from, refused: false, end: () => socket.destroy() };
    const leave = (): void => {
      clearTimeout(timer);
      this.waiting.delete(waiting);
    };
    const refuse = (why: string): void => {
      if (waiting.refused || socket.destroyed) return;
      waiting.refused = true;
      clearTimeout(timer);
      this.events.onRefused(from, why);
      socket.removeAllListeners('data').resume();
      // The place stays taken for a while.
      setTimeout(() => socket.destroy(), REFUSED_MS);
    };
    this.waiting.add(waiting);
    socket.on('close', leave);
    this.greet({
      socket,
      admit: (publisher) => {
        if (waiting.refused || this.closed || this.admitted !== null) return false;
        leave();
        this.admitted = socket;
        for (const { end } of [...this.waiting]) end();
        this.resolve(publisher);
        return true;
      },
      refuse,
    });
  }

  private whyNot(from: string): string | null {
    if (!this.guard.mayCome(from)) return 'comes from a network that is not allowed';
    if (this.closed || this.admitted !== null) return 'comes while somebody else pushes';
    return this.makeRoom(from) ? null : 'tries too often';
  }

  /** False: an address that was just refused as often as it has places must wait. */
  private makeRoom(from: string): boolean {
    const ofOne = [...this.waiting].filter((each) => each.from === from);
    if (ofOne.length >= MOST_WAITING_OF_ONE) {
      const oldest = ofOne.find(({ refused }) => !refused);
      oldest?.end();
      return oldest !== undefined;
    }
    if (this.waiting.size >= MOST_WAITING) [...this.waiting][0]?.end();
    return true;
  }
}
