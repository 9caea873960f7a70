import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecentValues } from '../../../src/runtime/recent-values.js';

describe('recent values', () => {
  it('are none at first', () => {
    const values = new RecentValues(4, 1000);
    expect(values.countAt(0)).toBe(0);
    expect(values.percentile(0, 0.5)).toBeNull();
  });

  it('give nearest-rank percentiles of what is not too old and still held', () => {
    const stories = fc.record({
      capacity: fc.integer({ min: 1, max: 20 }),
      maxAgeMs: fc.integer({ min: 0, max: 50 }),
      steps: fc.array(fc.record({ waitMs: fc.nat(10), value: fc.double({ noNaN: true, noDefaultInfinity: true }) }), {
        maxLength: 60,
      }),
      rank: fc.constantFrom(0, 0.5, 0.95, 1),
    });
    fc.assert(
      fc.property(stories, ({ capacity, maxAgeMs, steps, rank }) => {
        const values = new RecentValues(capacity, maxAgeMs);
        let nowMs = 0;
        const told = steps.map(({ waitMs, value }) => {
          nowMs += waitMs;
          values.add(nowMs, value);
          return { at: nowMs, value };
        });
        const wanted = told.slice(-capacity).filter(({ at }) => nowMs - at <= maxAgeMs);
        const sorted = wanted.map(({ value }) => value).sort((a, b) => a - b);
        expect(values.countAt(nowMs)).toBe(wanted.length);
        const index = Math.max(0, Math.ceil(rank * sorted.length) - 1);
        expect(Math.abs((values.percentile(nowMs, rank) ?? 0) - (sorted[index] ?? 0))).toBe(0);
      }),
    );
  });
});
