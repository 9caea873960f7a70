import type { Clock } from '../../runtime/clock.js';

const WINDOW_MS = 15 * 60_000;
const LIMITS = { pair: 5, address: 30, name: 50 } as const;
const MAX_ENTRIES = 10_000;

interface Entry {
  failures: number;
  sinceMs: number;
}

/**
 * Counts failed logins per account and address, per address and per account over 15 minutes. The limit per account is
 * wide, so that a stranger cannot lock its owner out with a few tries.
 */
export class LoginThrottle {
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly clock: Clock) {}

  /** Milliseconds until another try is allowed; 0: now. */
  waitMs(name: string, address: string): number {
    const now = this.clock.monotonic();
    return Math.max(
      ...this.keys(name, address).map(([key, limit]) => {
        const entry = this.entries.get(key);
        return entry === undefined || entry.failures < limit ? 0 : Math.max(0, entry.sinceMs + WINDOW_MS - now);
      }),
    );
  }

  /** Counts one failure; call before the password is checked, and `forgive` when it was right, so that parallel tries cannot slip through. */
  charge(name: string, address: string): void {
    const now = this.clock.monotonic();
    for (const [key] of this.keys(name, address)) {
      const entry = this.entries.get(key);
      if (entry === undefined || now - entry.sinceMs > WINDOW_MS) {
        this.entries.delete(key);
        this.entries.set(key, { failures: 1, sinceMs: now });
      } else entry.failures += 1;
    }
    for (const oldest of this.entries.keys()) {
      if (this.entries.size <= MAX_ENTRIES) break;
      this.entries.delete(oldest);
    }
  }

  /** Takes back a charge after a success and clears the pair. */
  forgive(name: string, address: string): void {
    for (const [key] of this.keys(name, address)) {
      const entry = this.entries.get(key);
      if (entry !== undefined) entry.failures = key.startsWith('pair ') ? 0 : Math.max(0, entry.failures - 1);
    }
  }

  private keys(name: string, address: string): readonly (readonly [string, number])[] {
    return [
      [`pair ${name} ${address}`, LIMITS.pair],
      [`address ${address}`, LIMITS.address],
      [`name ${name}`, LIMITS.name],
    ];
  }
}
