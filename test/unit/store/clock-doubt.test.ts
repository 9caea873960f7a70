import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../../../src/time/units.js';
import { judgeClock, type RecordedDay } from '../../../src/store/clock-doubt.js';

const NOW = Date.UTC(2036, 10, 29, 12);
const HOUR = 3_600_000;
/** An hour recorded on each of these days, counted from now. */
const on = (...days: number[]): RecordedDay[] =>
  days.map((day) => ({ firstTs: NOW + day * DAY_MS - HOUR, lastTs: NOW + day * DAY_MS - 60_000 }));
const run = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, n) => from + n);

describe('what the rows say against the clock', () => {
  it.each([
    ['a new store', [], null],
    ['the first hour', on(0), null],
    ['every day up to now', on(...run(-400, 0)), null],
    ['a boot before the clock was set', [{ firstTs: 60_000, lastTs: 120_000 }, ...on(0)], null],
    ['holidays of thirteen days', on(-20, -13, 0), null],
    [
      'nothing since two weeks',
      on(...run(-40, -15)),
      { kind: 'ahead', rowTs: NOW - 15 * DAY_MS - 60_000, runningMs: 0 },
    ],
    [
      'ten years without rows, then an hour',
      on(...run(-3700, -3650), 0),
      { kind: 'ahead', rowTs: NOW - 3650 * DAY_MS - 60_000, runningMs: HOUR },
    ],
    [
      'thirteen days after the leap',
      on(-3650, ...run(-12, 0)),
      { kind: 'ahead', rowTs: NOW - 3650 * DAY_MS - 60_000, runningMs: 12 * DAY_MS + HOUR },
    ],
    ['fourteen days after the leap', on(-3650, ...run(-13, 0)), null],
    [
      'two leaps: the older rows count',
      on(-3650, -100, 0),
      { kind: 'ahead', rowTs: NOW - 3650 * DAY_MS - 60_000, runningMs: 100 * DAY_MS + HOUR },
    ],
    ['rows of tomorrow', on(0, 1), { kind: 'behind', rowTs: NOW + DAY_MS - 60_000, runningMs: 0 }],
    [
      'eight days to come, as when a clock lost them',
      on(...run(-20, 8)),
      { kind: 'behind', rowTs: NOW + 8 * DAY_MS - 60_000, runningMs: 0 },
    ],
    [
      'a year of rows to come',
      on(...run(-20, 365)),
      { kind: 'behind', rowTs: NOW + 365 * DAY_MS - 60_000, runningMs: 0 },
    ],
  ])('%s', (_name, days, doubt) => {
    expect(judgeClock(days, NOW)).toEqual({ doubt, straysFromTs: null });
  });

  it('takes a few days of the future for strays once the clock has proved itself', () => {
    expect(judgeClock(on(...run(-13, 0), 3650, 3651), NOW)).toEqual({
      doubt: null,
      straysFromTs: NOW + 3650 * DAY_MS - HOUR,
    });
    expect(judgeClock(on(...run(-12, 0), 3650, 3651), NOW)).toMatchObject({
      doubt: { kind: 'behind' },
      straysFromTs: null,
    });
  });

  it('never gives rows up that were recorded on more days than the clock has for itself', () => {
    const days = fc.uniqueArray(fc.integer({ min: -4000, max: 4000 }), { maxLength: 60 });
    fc.assert(
      fc.property(days, (drawn) => {
        const recorded = on(...drawn.toSorted((a, b) => a - b));
        const { doubt, straysFromTs } = judgeClock(recorded, NOW);
        const future = recorded.filter(({ firstTs }) => firstTs > NOW + HOUR).length;
        if (straysFromTs !== null) expect(future).toBeLessThan(recorded.length - future);
        if (doubt?.kind === 'ahead') expect(doubt.rowTs).toBeLessThan(NOW - 14 * DAY_MS);
      }),
    );
  });
});
