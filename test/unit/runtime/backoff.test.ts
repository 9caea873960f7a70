import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Backoff } from '../../../src/runtime/backoff.js';

it('grows, stays between the jitter floor and the cap, and starts over after a success', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 0.999, noNaN: true }), (random) => {
      const backoff = new Backoff({ firstMs: 100, maxMs: 1000, factor: 2, jitter: 0.5, random: () => random });
      const delays = Array.from({ length: 8 }, () => backoff.next());
      delays.forEach((delay, index) => {
        const full = Math.min(1000, 100 * 2 ** index);
        expect(delay).toBeGreaterThanOrEqual(full / 2);
        expect(delay).toBeLessThanOrEqual(full);
      });
      backoff.reset();
      expect(backoff.next()).toBe(delays[0]);
    }),
  );
});
