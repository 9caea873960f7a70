import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { intervalAt } from '../../../src/time/interval-at.js';
import { seeded } from '../../fixtures/seeded.js';

/** Intervals in order of time, some of them touching, some apart. */
const intervals = fc
  .array(fc.record({ gap: fc.nat(3), length: fc.integer({ min: 1, max: 5 }) }), { maxLength: 20 })
  .map((parts) => {
    let ts = 0;
    return parts.map(({ gap, length }) => {
      const fromTs = ts + gap;
      ts = fromTs + length;
      return { fromTs, toTs: ts };
    });
  });

describe('the interval that holds an instant', () => {
  it('is the one that a look at all of them finds, its start in it and its end not', () => {
    fc.assert(
      fc.property(intervals, fc.integer({ min: -2, max: 170 }), (all, ts) => {
        const found = all.find(({ fromTs, toTs }) => ts >= fromTs && ts < toTs) ?? null;
        expect(intervalAt(all)(ts)).toBe(found);
      }),
      seeded('intervals', 300),
    );
  });
});
