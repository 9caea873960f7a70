import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineChart } from '../../../src/report/chart/line-chart.js';
import { linePath } from '../../../src/report/chart/line-path.js';
import { timeTicks } from '../../../src/report/chart/time-axis.js';
import { tickDigits, valueTicks } from '../../../src/report/chart/value-scale.js';
import type { Chart, ChartPoint } from '../../../src/report/document.js';
import { LocalTime } from '../../../src/time/local-time.js';

const HOUR = 3_600_000;
const identity = (value: number) => value;

describe('a line', () => {
  const points = (...values: (number | null)[]): ChartPoint[] =>
    values.map((value, index) => ({ ts: index * 10, value }));

  it.each<[string, ChartPoint[], string, number]>([
    ['runs through measured buckets', points(1, 2, 3), 'M5 1L15 2L25 3', 0],
    ['breaks at a bucket without a value, without touching zero', points(1, 2, null, 4, 5), 'M5 1L15 2M35 4L45 5', 0],
    ['breaks at a bucket that is not there', points(1, 2, 3, 4).filter(({ ts }) => ts !== 20), 'M5 1L15 2', 1],
    ['marks a lone bucket by a dot', points(null, 7, null), '', 1],
    ['has nothing where nothing was measured', points(null, null), '', 0],
    ['goes to zero where zero was measured', points(2, 0, 2), 'M5 2L15 0L25 2', 0],
  ])('%s', (_name, line, d, dots) => {
    const path = linePath(line, { bucketMs: 10, breakMs: 15 }, identity, identity);
    expect(path.d).toBe(d);
    expect(path.dots).toHaveLength(dots);
  });

  it('bridges a day of 25 hours', () => {
    const days = [0, 24, 49, 73].map((hours) => ({ ts: hours * HOUR, value: 1 }));
    expect(linePath(days, { bucketMs: 24 * HOUR, breakMs: 36 * HOUR }, identity, identity).d.match(/M/g)).toHaveLength(
      1,
    );
  });

  it('has as many strokes and dots as runs, for any holes', () => {
    const values = fc.array(fc.option(fc.double({ min: 0, max: 1e9, noNaN: true }), { nil: null }), { maxLength: 60 });
    fc.assert(
      fc.property(values, (list) => {
        const runs = list
          .map((value) => (value === null ? '-' : 'x'))
          .join('')
          .split('-')
          .filter(Boolean);
        const { d, dots } = linePath(points(...list), { bucketMs: 10, breakMs: 15 }, identity, identity);
        expect(d.split('M').length - 1).toBe(runs.filter((run) => run.length > 1).length);
        expect(dots).toHaveLength(runs.filter((run) => run.length === 1).length);
      }),
    );
  });

  it('thins a month of minutes to what the eye can see, and keeps every extreme', () => {
    const minutes = Array.from({ length: 43_200 }, (_, index) => ({
      ts: index * 60_000,
      value: index === 20_001 ? 99 : index % 7,
    }));
    const { d } = linePath(
      minutes,
      { bucketMs: 60_000, breakMs: 90_000 },
      (ts) => (ts / (43_200 * 60_000)) * 250,
      identity,
    );
    expect(d.split('L').length).toBeLessThan(2_100);
    expect(d).toContain(' 99L');
  });
});

describe('ticks of values', () => {
  it.each([
    [0.8, [0, 0.2, 0.4, 0.6, 0.8]],
    [1, [0, 0.25, 0.5, 0.75, 1]],
    [7, [0, 2, 4, 6, 8]],
    [0, [0, 1]],
    [Number.NaN, [0, 1]],
  ])('up to %d', (max, ticks) => expect(valueTicks(max)).toEqual(ticks));

  it('start at zero, cover the largest value, stay few and print apart', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 1e12, noNaN: true }), fc.boolean(), (max, integers) => {
        const ticks = valueTicks(max, 4, integers);
        expect(ticks[0]).toBe(0);
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(max * (1 - 1e-9));
        expect(ticks.length).toBeLessThanOrEqual(6);
        if (max > 0.1) {
          const digits = tickDigits(ticks);
          expect(new Set(ticks.map((tick) => tick.toFixed(digits))).size).toBe(ticks.length);
        }
        if (integers) for (const tick of ticks) expect(Number.isInteger(tick)).toBe(true);
      }),
    );
  });
});

describe('ticks of time', () => {
  const labels = (from: string, to: string, timeZone: string, limit = 8) =>
    timeTicks(Date.parse(from), Date.parse(to), new LocalTime(timeZone), 'ru', limit).map(({ label }) => label);

  it.each<[string, string, string, string[]]>([
    [
      '2026-11-01T21:00Z',
      '2026-11-02T21:00Z',
      'Europe/Moscow',
      ['00:00', '03:00', '06:00', '09:00', '12:00', '15:00', '18:00', '21:00', '24:00'],
    ],
    [
      '2026-10-31T21:00Z',
      '2026-11-07T21:00Z',
      'Europe/Moscow',
      ['01.11', '02.11', '03.11', '04.11', '05.11', '06.11', '07.11', '08.11'],
    ],
    [
      '2026-11-01T09:50Z',
      '2026-11-01T10:20Z',
      'Asia/Kathmandu',
      ['15:35', '15:40', '15:45', '15:50', '15:55', '16:00', '16:05'],
    ],
    // The clock springs from 02:00 to 03:00 in Berlin: local hours stay round.
    [
      '2026-03-28T23:00Z',
      '2026-03-29T22:00Z',
      'Europe/Berlin',
      ['00:00', '03:00', '06:00', '09:00', '12:00', '15:00', '18:00', '21:00', '24:00'],
    ],
  ])('%s … %s in %s', (from, to, timeZone, expected) => expect(labels(from, to, timeZone)).toEqual(expected));

  it('lie in the period, rise, and are never too many', () => {
    const start = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2030, 0, 1) });
    const span = fc.oneof(
      fc.integer({ min: 1, max: 100 * HOUR }),
      fc.integer({ min: 1, max: 2000 }).map((days) => days * 24 * HOUR),
    );
    const zones = fc.constantFrom('Europe/Moscow', 'Europe/Berlin', 'America/Havana', 'Australia/Lord_Howe');
    fc.assert(
      fc.property(start, span, zones, fc.integer({ min: 2, max: 24 }), (from, length, timeZone, limit) => {
        const ticks = timeTicks(from, from + length, new LocalTime(timeZone), 'en', limit);
        expect(ticks.length).toBeLessThanOrEqual(limit + 2);
        ticks.forEach(({ ts }, index) => {
          expect(ts).toBeGreaterThanOrEqual(from);
          expect(ts).toBeLessThanOrEqual(from + length);
          if (index > 0) expect(ts).toBeGreaterThan(ticks[index - 1]?.ts ?? 0);
        });
      }),
      { numRuns: 60 },
    );
  });
});

describe('a chart', () => {
  const chart = (values: readonly (number | null)[]): Chart => ({
    id: 'c',
    title: 'c',
    fromTs: 0,
    toTs: 24 * HOUR,
    bucketMs: HOUR,
    breakMs: 1.5 * HOUR,
    digits: 0,
    series: [{ name: 's', points: values.map((value, index) => ({ ts: index * HOUR, value })) }],
  });
  const look = { width: 300, height: 150, fontSize: 8, lang: 'ru', zone: new LocalTime('UTC') } as const;

  it('says in words that there is nothing', () => {
    const texts = lineChart(chart([null, null]), look).marks.flatMap((mark) =>
      mark.kind === 'text' ? [mark.text] : [],
    );
    expect(texts).toContain('нет данных за период');
  });

  it('stays inside its frame and never writes a number that is none', () => {
    const value = fc.option(fc.double({ min: 0, max: 1e15, noNaN: true }), { nil: null });
    fc.assert(
      fc.property(fc.array(value, { maxLength: 24 }), (values) => {
        const { marks } = lineChart(chart(values), look);
        expect(JSON.stringify(marks)).not.toMatch(/NaN|Infinity|:null/);
        for (const mark of marks) {
          if (mark.kind !== 'path') continue;
          const numbers = mark.d.split(/[ML ]/).filter(Boolean).map(Number);
          numbers.forEach((number, index) => {
            expect(number).toBeGreaterThanOrEqual(0);
            expect(number).toBeLessThanOrEqual(index % 2 === 0 ? look.width : look.height);
          });
        }
      }),
    );
  });
});
