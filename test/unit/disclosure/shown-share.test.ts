import { describe, expect, it } from 'vitest';
import { closeCells, type Arrival } from '../../../src/disclosure/close-cells.js';
import { joinCells } from '../../../src/disclosure/join-cells.js';
import { rulesOf, unionSizes } from '../../../src/disclosure/policy.js';
import { LocalTime } from '../../../src/time/local-time.js';
import { seeded } from '../../fixtures/store-rows.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const K = 5;
const local = new LocalTime('Europe/Moscow');
const START = local.startOfDay(Date.UTC(2026, 2, 2));
const DAYS = 7;
const SEEDS = 40;

interface Span {
  readonly fromTs: number;
  readonly toTs: number;
}

/** A week before one camera: from nine to nine, fullest at one and at seven; not everybody's age and gender are known. */
const week = (random: () => number, perDay: number): Arrival[] => {
  const known = 0.7 + random() * 0.25;
  return Array.from({ length: DAYS * 1440 }, (_, minute): Arrival[] => {
    const hour = (minute % 1440) / 60;
    if (hour < 9 || hour >= 21) return [];
    const rate =
      (perDay / 720) * (0.6 + 0.8 * Math.exp(-((hour - 13) ** 2) / 4) + 0.8 * Math.exp(-((hour - 19) ** 2) / 4));
    if (random() >= rate) return [];
    return [{ minuteTs: START + minute * MINUTE, part: null, visitors: 1, known: random() < known ? 1 : 0 }];
  }).flat();
};

const inside = ({ fromTs, toTs }: Span, ts: number): boolean => ts >= fromTs && ts < toTs;

describe('how much is hidden', () => {
  it('at least 80 % of the reports over 200 visitors show gender and age (seeded)', () => {
    let [reports, shown, visitors, counted, described] = [0, 0, 0, 0, 0];
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      const random = seeded(seed);
      const cameras = Array.from({ length: 1 + Math.floor(random() * 4) }, () => {
        const arrivals = week(random, 40 + random() * 400);
        const rules = rulesOf({ kind: 'view', id: 'hall', role: 'customer' }, K, local);
        const cells = closeCells(START, arrivals, START + DAYS * 24 * HOUR, rules);
        const full = cells.map((cell) => ({ ...cell, sizes: [], k: K }));
        return { arrivals, cells, wide: joinCells(full, unionSizes(K).wide, (ts) => local.startOfDay(ts) === ts) };
      });
      // Days, weeks, and periods that begin and end anywhere.
      const periods = Array.from({ length: 40 }, (_, index): Span => {
        const day = START + Math.floor(random() * DAYS) * 24 * HOUR;
        if (index % 3 === 0) return { fromTs: day, toTs: day + (1 + Math.floor(random() * 3)) * 24 * HOUR };
        const fromTs = day + Math.floor(random() * 24 * 60) * MINUTE;
        return { fromTs, toTs: fromTs + Math.floor((2 + random() * 40) * 60) * MINUTE };
      });
      for (const period of periods) {
        const came = cameras.map(({ arrivals }) => arrivals.filter(({ minuteTs }) => inside(period, minuteTs)));
        const all = came.reduce((sum, { length }) => sum + length, 0);
        if (all < 200) continue;
        const within = (spans: readonly Span[], camera: number): number => {
          const whole = spans.filter(({ fromTs, toTs }) => fromTs >= period.fromTs && toTs <= period.toTs);
          return (came[camera] ?? []).filter(({ minuteTs }) => whole.some((span) => inside(span, minuteTs))).length;
        };
        const demographic = cameras.reduce((sum, { wide }, camera) => sum + within(wide, camera), 0);
        reports += 1;
        shown += demographic > 0 ? 1 : 0;
        visitors += all;
        counted += cameras.reduce((sum, { cells }, camera) => sum + within(cells, camera), 0);
        described += demographic;
      }
    }
    console.log(
      `measured | ${reports} reports over 200 visitors | ${((100 * shown) / reports).toFixed(1)} % show gender and age | ` +
        `${((100 * counted) / visitors).toFixed(1)} % of the visitors counted, ${((100 * described) / visitors).toFixed(1)} % in gender and age`,
    );
    expect(reports).toBeGreaterThan(200);
    expect(shown / reports).toBeGreaterThanOrEqual(0.8);
  }, 120_000);
});
