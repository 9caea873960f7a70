import { describe, expect, it } from 'vitest';
import { closeCells, type Arrival, type CellRules } from '../../../src/disclosure/close-cells.js';
import { joinCells } from '../../../src/disclosure/join-cells.js';
import { rulesOf } from '../../../src/disclosure/policy.js';
import { LocalTime } from '../../../src/time/local-time.js';
import { seeded } from '../../fixtures/store-rows.js';

const MINUTE = 60_000;
const DAY = 86_400_000;
const K = 5;
const local = new LocalTime('Europe/Moscow');
const START = local.startOfDay(Date.UTC(2026, 2, 2));
const rules: CellRules = rulesOf({ kind: 'view', id: 'hall', role: 'customer' }, K, local);

const arrival = (minute: number, fields: Partial<Arrival> = {}): Arrival => ({
  minuteTs: START + minute * MINUTE,
  part: null,
  visitors: 1,
  known: 1,
  ...fields,
});

/** Visits of several days at the given rate an hour, from nine to nine. */
const shopDays = (seed: number, days: number, perHour: number): Arrival[] => {
  const random = seeded(seed);
  const minutes = Array.from({ length: days * 1440 }, (_, minute) => minute);
  return minutes.flatMap((minute) => {
    const hour = Math.floor((minute % 1440) / 60);
    return hour >= 9 && hour < 21 && random() < perHour / 60 ? [arrival(minute)] : [];
  });
};

describe('cells of released time', () => {
  it('closes when k have come and a quarter of an hour has passed, and gives a cell out when the next is complete', () => {
    const five = (from: number): Arrival[] => Array.from({ length: K }, (_, i) => arrival(from + i));
    const settled = START + 600 * MINUTE;
    expect(closeCells(START, five(540), settled, rules)).toEqual([]);
    const cells = closeCells(START, [...five(540), ...five(550)], settled, rules);
    expect(
      cells.map(({ fromTs, toTs, visitors }) => [(fromTs - START) / MINUTE, (toTs - START) / MINUTE, visitors]),
    ).toEqual([[0, 545, 5]]);
  });

  it('never makes a cell of one to four visitors, tiles time without gaps, and grows without changing (seeded)', () => {
    for (let seed = 1; seed <= 30; seed += 1) {
      const arrivals = shopDays(seed, 4, 1 + (seed % 12) * 3);
      const end = START + 4 * DAY;
      const all = closeCells(START, arrivals, end, rules);
      let at = START;
      for (const { fromTs, toTs, visitors } of all) {
        expect(fromTs, `seed ${seed}`).toBe(at);
        expect(toTs - fromTs, `seed ${seed}`).toBeGreaterThanOrEqual(15 * MINUTE);
        expect(visitors === 0 || visitors >= K, `seed ${seed}: ${visitors}`).toBe(true);
        const own = arrivals.filter(({ minuteTs }) => minuteTs >= fromTs && minuteTs < toTs).length;
        expect(own, `seed ${seed}`).toBe(visitors);
        at = toTs;
      }
      const parts: typeof all = [];
      for (let now = START; now <= end; now += 97 * MINUTE) {
        const fromTs = parts.at(-1)?.toTs ?? START;
        const known = arrivals.filter(({ minuteTs }) => minuteTs >= fromTs && minuteTs < now);
        parts.push(...closeCells(fromTs, known, Math.min(now, end), rules));
      }
      expect(parts, `seed ${seed}`).toEqual(all.slice(0, parts.length));
    }
  });

  it('makes a whole day of whole cells wherever at least k came on it', () => {
    for (let seed = 1; seed <= 30; seed += 1) {
      const arrivals = shopDays(seed, 3, 4 + (seed % 10) * 5);
      const cells = closeCells(START, arrivals, START + 3 * DAY, rules);
      for (let day = 1; day <= 3; day += 1) expect(cells.map(({ toTs }) => toTs)).toContain(START + day * DAY);
    }
  });

  it('says that zones may be told apart only where each has k of its own', () => {
    const visits = [0, 1, 2, 3, 4].flatMap((minute) => [
      arrival(540 + minute, { part: 'a' }),
      arrival(540 + minute, minute < 2 ? { part: 'b' } : {}),
    ]);
    const cells = closeCells(START, visits, START + DAY, rules);
    expect(cells).toMatchObject([{ visitors: 10, parted: false, safeParts: ['a'] }]);
    const enough = closeCells(
      START,
      visits.map((one) => ({ ...one, part: 'a' })),
      START + DAY,
      rules,
    );
    expect(enough).toMatchObject([{ visitors: 10, parted: true, safeParts: ['a'] }]);
  });

  it('closes sellers and contact points at the ends of shifts alone', () => {
    const byShift = rulesOf({ kind: 'point', id: 'till', role: null }, K, local);
    const visits = Array.from({ length: 60 }, (_, i) => arrival(540 + i * 10));
    const cells = closeCells(START, visits, START + DAY, byShift);
    expect(cells.map(({ toTs }) => ((toTs - START) / 3_600_000) % 6)).toEqual(cells.map(() => 0));
    expect(cells.length).toBeGreaterThan(1);
    const few = closeCells(
      START,
      visits.map((one, i) => ({ ...one, known: i < 7 ? 1 : 0 })),
      START + DAY,
      byShift,
    );
    expect(few.every(({ known }) => known === 0 || known >= K)).toBe(true);
  });

  it('joins cells to unions that rest on enough visitors of known age and gender', () => {
    const cells = closeCells(START, shopDays(5, 4, 20), START + 4 * DAY, rules);
    const sized = cells.map((cell) => ({ ...cell, sizes: [40, 80], k: K }));
    const wide = joinCells(sized, 20, (ts) => local.startOfDay(ts) === ts);
    for (const union of wide) expect(union.known === 0 || union.known >= 20).toBe(true);
    expect(wide.map(({ toTs }) => toTs)).toContain(START + DAY);
    expect(wide.reduce((sum, { visitors }) => sum + visitors, 0)).toBe(
      cells.reduce((sum, { visitors }) => sum + visitors, 0),
    );
  });
});
