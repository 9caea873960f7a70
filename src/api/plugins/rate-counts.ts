import type { FastifyRateLimitStore, FastifyRateLimitStoreCtor } from '@fastify/rate-limit';
import type { Clock } from '../../runtime/clock.js';

interface Window {
  count: number;
  readonly sinceMs: number;
}

type Answer = (error: Error | null, state?: { current: number; ttl: number }) => void;

/**
 * Requests per client within a window, by the monotonic clock: one that is set back would keep everybody out for as long as
 * it was set back. The client seen first goes when there are more than `most`.
 */
export const rateCounts = (clock: Clock, windowMs: number, most: number): FastifyRateLimitStoreCtor => {
  const windows = new Map<string, Window>();
  class RateCounts implements FastifyRateLimitStore {
    incr(client: string, answer: Answer): void {
      const now = clock.monotonic();
      let window = windows.get(client);
      if (window === undefined || now - window.sinceMs >= windowMs) {
        window = { count: 0, sinceMs: now };
        windows.delete(client);
        windows.set(client, window);
      }
      window.count += 1;
      for (const oldest of windows.keys()) {
        if (windows.size <= most) break;
        windows.delete(oldest);
      }
      answer(null, { current: window.count, ttl: windowMs - (now - window.sinceMs) });
    }

    child(): FastifyRateLimitStore {
      return this;
    }
  }
  return RateCounts;
};
