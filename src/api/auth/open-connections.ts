import { EmoscopeError } from '../../runtime/errors.js';
import type { Logger } from '../../runtime/logger.js';
import type { Accounts } from './accounts.js';
import type { Identity } from './roles.js';
import type { Sessions } from './sessions.js';

/** `answer`: a request that is not answered to its end; `picture`: a live view; `socket`: a live subscription. */
export type ConnectionKind = 'answer' | 'picture' | 'socket';

/** Something open that gives to somebody. */
export interface OpenConnection {
  readonly kind: ConnectionKind;
  readonly identity: Identity;
  /** Who the same credentials mean now; null or a rejection: nobody. */
  readonly identify: () => Promise<Identity | null>;
  /** Ends it at once, whatever is on its way. */
  readonly close: () => void;
}

/** How many of a kind may be open in all, and to one account or key: nobody keeps the others out. */
const LIMITS: Readonly<Record<ConnectionKind, { readonly all: number; readonly each: number }>> = {
  answer: { all: Infinity, each: 64 },
  picture: { all: 64, each: 24 },
  socket: { all: 2000, each: 200 },
};
/** Places beyond the limit for all which only administrators may take, so that somebody can see what is wrong. */
const KEPT_FOR_ADMINS = 8;
const LOOK_MS = 250;
/** Sessions also end by themselves, with time. */
const EXPIRY_MS = 30_000;

const isSame = (now: Identity | null, then: Identity): boolean => now?.actor === then.actor && now.role === then.role;

/**
 * The one list of what is open and by whom: requests being answered, live views, sockets. When accounts, keys or sessions
 * change, by this process or another, whatever was opened with a right that is gone ends within a second.
 */
export class OpenConnections {
  private readonly open = new Set<OpenConnection>();
  private readonly timer: NodeJS.Timeout;
  private seen: string;
  private checkedMs = performance.now();
  private checking: Promise<void> | null = null;

  constructor(
    private readonly accounts: Accounts,
    private readonly sessions: Sessions,
    private readonly logger: Logger,
  ) {
    this.seen = this.state();
    this.timer = setInterval(() => void this.look(), LOOK_MS);
    this.timer.unref();
  }

  /** Throws RATE_LIMITED when no more may be open to this caller. */
  assertRoom(kind: ConnectionKind, { actor, role, via }: Identity): void {
    const { all, each } = LIMITS[kind];
    const most = role === 'admin' ? all + KEPT_FOR_ADMINS : all;
    // Without accounts everybody is the same caller.
    const own = via === 'loopback' ? 0 : this.count(kind, actor);
    if (this.count(kind) < most && own < each) return;
    throw new EmoscopeError('RATE_LIMITED', {
      ru: own < each ? 'Открыто слишком много соединений.' : 'Этой учётной записи открыто слишком много соединений.',
      en: own < each ? 'Too many connections are open.' : 'Too many connections are open to this account.',
    });
  }

  /** Lists something open; the function returned takes it off the list. */
  add(connection: OpenConnection): () => void {
    this.open.add(connection);
    // Between the look at its credentials and now they may have changed; what ends soon needs no second look.
    if (connection.kind !== 'answer') void this.check(connection);
    return () => {
      this.open.delete(connection);
    };
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** How many of a kind are open, in all or to one account or key. */
  private count(kind: ConnectionKind, actor?: string): number {
    let count = 0;
    for (const one of this.open)
      if (one.kind === kind && (actor === undefined || one.identity.actor === actor)) count += 1;
    return count;
  }

  private state(): string {
    return `${this.accounts.version} ${this.sessions.version}`;
  }

  private look(): Promise<void> {
    this.checking ??= this.lookOnce()
      .catch((error: unknown) => this.logger.error({ err: error }, 'open connections cannot be checked'))
      .finally(() => {
        this.checking = null;
      });
    return this.checking;
  }

  private async lookOnce(): Promise<void> {
    // An accounts file that cannot be read any more lets nobody in, and nobody stay.
    await this.accounts.refresh().catch(() => undefined);
    const state = this.state();
    const now = performance.now();
    if (state === this.seen && now - this.checkedMs < EXPIRY_MS) return;
    this.seen = state;
    this.checkedMs = now;
    await Promise.all([...this.open].map((one) => this.check(one)));
  }

  private async check(one: OpenConnection): Promise<void> {
    const now = await one.identify().catch(() => null);
    if (isSame(now, one.identity) || !this.open.delete(one)) return;
    this.logger.info(
      { actor: one.identity.actor, kind: one.kind },
      'a right was withdrawn: what it had opened is closed',
    );
    one.close();
  }
}
