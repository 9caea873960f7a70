import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DIRECTIONS } from '../../../../src/contracts/observation.js';
import { DoorCounter } from '../../../../src/metrics/counts/door-counter.js';
import { LocalTime } from '../../../../src/time/local-time.js';
import { seeded } from '../../../fixtures/seeded.js';

const MINUTE = 60_000;
const DAY_MS = 24 * 60 * MINUTE;
const moscow = new LocalTime('Europe/Moscow');
const NOON = Date.UTC(2026, 9, 12, 9);
const MIDNIGHT = Date.UTC(2026, 9, 12, 21);

describe('a counter', () => {
  it('gives each minute once, by direction, when the next one begins', () => {
    const door = new DoorCounter(moscow);
    expect(door.add(NOON + 1000, ['in', 'in'])).toEqual([]);
    expect(door.add(NOON + 59_999, ['out', 'in'])).toEqual([]);
    expect(door.add(NOON + MINUTE, [])).toEqual([
      { ts: NOON, direction: 'in', n: 3 },
      { ts: NOON, direction: 'out', n: 1 },
    ]);
    expect(door.add(NOON + 2 * MINUTE, [])).toEqual([]);
    expect(door.settle()).toEqual([]);
  });

  it('gives the minute that runs when it is stopped, or when it is over and no frame says so', () => {
    const door = new DoorCounter(moscow);
    door.add(NOON, ['in']);
    expect(door.settleBefore(NOON + MINUTE - 1)).toEqual([]);
    expect(door.settleBefore(NOON + MINUTE)).toEqual([{ ts: NOON, direction: 'in', n: 1 }]);
    door.add(NOON + 30_000, ['out']);
    expect(door.settle()).toEqual([{ ts: NOON, direction: 'out', n: 1 }]);
  });

  it('begins anew at the midnight of the site, also while nobody comes', () => {
    const door = new DoorCounter(moscow);
    door.add(MIDNIGHT - 1000, ['in', 'in', 'out']);
    expect(door.counts(MIDNIGHT - 1)).toEqual({ in: 2, out: 1, inside: 1 });
    expect(door.counts(MIDNIGHT)).toEqual({ in: 0, out: 0, inside: 0 });
    door.add(MIDNIGHT + 5000, ['out']);
    expect(door.counts(MIDNIGHT + 6000)).toEqual({ in: 0, out: 1, inside: 0 });
  });

  it('goes on from what was stored of the day, whether that is read before or after somebody passes', () => {
    const door = new DoorCounter(moscow);
    door.add(NOON, ['in']);
    door.resume({ in: 40, out: 30 }, NOON);
    expect(door.counts(NOON)).toEqual({ in: 41, out: 30, inside: 11 });
  });

  it('does not bring yesterday back when the clock steps over midnight and back', () => {
    const door = new DoorCounter(moscow);
    door.add(MIDNIGHT, ['in']);
    door.add(MIDNIGHT - 2000, ['in']);
    expect(door.counts(MIDNIGHT + 1000).in).toBe(2);
  });

  it('loses and doubles nobody, whatever the clock does', () => {
    const frame = fc.tuple(
      fc.integer({ min: -5 * MINUTE, max: 5 * MINUTE }),
      fc.array(fc.constantFrom(...DIRECTIONS), { maxLength: 3 }),
    );
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 60 }), (frames) => {
        const door = new DoorCounter({ startOfDay: (ts: number) => Math.floor(ts / DAY_MS) * DAY_MS });
        let ts = NOON;
        const told = frames.flatMap(([step, passed]) => door.add((ts += step), passed));
        const all = [...told, ...door.settle()];
        for (const direction of DIRECTIONS) {
          const counted = all.reduce((sum, one) => sum + (one.direction === direction ? one.n : 0), 0);
          expect(counted).toBe(frames.flatMap(([, passed]) => passed).filter((one) => one === direction).length);
        }
        expect(all.every(({ ts: at, n }) => at % MINUTE === 0 && n > 0)).toBe(true);
      }),
      seeded('door counter', 200),
    );
  });
});
