import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../../runtime/clock.js';

export interface Session {
  readonly userName: string;
  readonly stamp: string;
  readonly csrfToken: string;
  /** By the monotonic clock: setting the other one neither ends a session nor makes it last. */
  readonly openedMs: number;
  seenMs: number;
}

export const SESSION_IDLE_MS = 12 * 3_600_000;
export const SESSION_MAX_MS = 7 * 24 * 3_600_000;
const MAX_SESSIONS = 2000;

const keyOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Browser sessions of one process, by hash of their token; the least recently opened ends when there are too many. */
export class Sessions {
  private readonly byHash = new Map<string, Session>();
  private ended = 0;

  constructor(private readonly clock: Clock) {}

  /** Grows with every session that ends before its time. */
  get version(): number {
    return this.ended;
  }

  open(userName: string, stamp: string): { readonly token: string; readonly session: Session } {
    const token = randomBytes(32).toString('base64url');
    const now = this.clock.monotonic();
    const session = { userName, stamp, csrfToken: randomBytes(24).toString('base64url'), openedMs: now, seenMs: now };
    this.byHash.set(keyOf(token), session);
    for (const oldest of this.byHash.keys()) {
      if (this.byHash.size <= MAX_SESSIONS) break;
      this.byHash.delete(oldest);
      this.ended += 1;
    }
    return { token, session };
  }

  /** The session of a cookie, or null when it is unknown, idle for 12 h or older than a week. */
  find(token: string): Session | null {
    const key = keyOf(token);
    const session = this.byHash.get(key);
    if (session === undefined) return null;
    const now = this.clock.monotonic();
    if (now - session.seenMs > SESSION_IDLE_MS || now - session.openedMs > SESSION_MAX_MS) {
      this.byHash.delete(key);
      return null;
    }
    session.seenMs = now;
    return session;
  }

  close(token: string): void {
    if (this.byHash.delete(keyOf(token))) this.ended += 1;
  }
}
