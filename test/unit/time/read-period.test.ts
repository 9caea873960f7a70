import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePeriod, type PeriodInput } from '../../../src/time/read-period.js';
import { formatIso } from '../../../src/time/format-time.js';
import { LocalTime } from '../../../src/time/local-time.js';
import { EmoscopeError } from '../../../src/runtime/errors.js';

// 10 November 2026, 12:34:56 UTC: 15:34:56 in Moscow.
const NOW = Date.UTC(2026, 10, 10, 12, 34, 56);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const inMoscow = (input: PeriodInput) => parsePeriod(input, { now: NOW, timeZone: 'Europe/Moscow' });
const iso = (ts: number) => new Date(ts).toISOString().replace('.000Z', 'Z');

const refusal = (input: PeriodInput, timeZone = 'Europe/Moscow', lang: 'ru' | 'en' = 'en'): string => {
  try {
    parsePeriod(input, { now: NOW, timeZone, lang });
  } catch (error) {
    expect(error).toBeInstanceOf(EmoscopeError);
    expect((error as EmoscopeError).code).toBe('PERIOD_INVALID');
    return (error as EmoscopeError).message;
  }
  throw new Error(`accepted ${JSON.stringify(input)}`);
};

describe('periods in Moscow (UTC+3, no change of the clock)', () => {
  it.each<[PeriodInput, string, string]>([
    [{ from: '2026-11-01', to: '2026-11-08' }, '2026-10-31T21:00:00Z', '2026-11-07T21:00:00Z'],
    [{ from: '01.11.2026', to: '8.11.2026' }, '2026-10-31T21:00:00Z', '2026-11-07T21:00:00Z'],
    [{ from: '2026-11-01T09:30', to: '2026-11-01 10:00:30' }, '2026-11-01T06:30:00Z', '2026-11-01T07:00:30Z'],
    [{ from: '2026-11-01T09:30Z', to: '2026-11-01T09:30:00-05:00' }, '2026-11-01T09:30:00Z', '2026-11-01T14:30:00Z'],
    [{ from: '2026-11-01', to: '2026-11-01T24:00' }, '2026-10-31T21:00:00Z', '2026-11-01T21:00:00Z'],
    [{ from: '2026-11-01' }, '2026-10-31T21:00:00Z', '2026-11-10T12:34:56Z'],
    [{ from: 'yesterday', to: 'now' }, '2026-11-08T21:00:00Z', '2026-11-10T12:34:56Z'],
    [{ from: 'вчера', to: 'сегодня' }, '2026-11-08T21:00:00Z', '2026-11-09T21:00:00Z'],
    [{ from: String(NOW - 1000), to: String(NOW) }, '2026-11-10T12:34:55Z', '2026-11-10T12:34:56Z'],
    [{ last: '7d' }, '2026-11-03T12:34:56Z', '2026-11-10T12:34:56Z'],
    [{ last: '24h' }, '2026-11-09T12:34:56Z', '2026-11-10T12:34:56Z'],
    [{ last: '15m' }, '2026-11-10T12:19:56Z', '2026-11-10T12:34:56Z'],
    [{ last: '2w' }, '2026-10-27T12:34:56Z', '2026-11-10T12:34:56Z'],
    [{ last: '1y' }, '2025-11-10T12:34:56Z', '2026-11-10T12:34:56Z'],
    [{ day: 'today' }, '2026-11-09T21:00:00Z', '2026-11-10T21:00:00Z'],
    [{ day: 'yesterday' }, '2026-11-08T21:00:00Z', '2026-11-09T21:00:00Z'],
    [{ day: '2026-11-02' }, '2026-11-01T21:00:00Z', '2026-11-02T21:00:00Z'],
  ])('%j', (input, from, to) => {
    const period = inMoscow(input);
    expect([iso(period.fromTs), iso(period.toTs)]).toEqual([from, to]);
  });
});

describe('changes of the clock', () => {
  const berlin = (input: PeriodInput, now = NOW) => parsePeriod(input, { now, timeZone: 'Europe/Berlin' });
  it.each<[string, string, PeriodInput, number]>([
    ['spring', 'Europe/Berlin', { day: '2026-03-29' }, 23],
    ['autumn', 'Europe/Berlin', { day: '2026-10-25' }, 25],
    ['a midnight that does not exist', 'Asia/Beirut', { day: '2026-03-29' }, 23],
    ['a week with the spring change', 'Europe/Berlin', { from: '2026-03-23', to: '2026-03-30' }, 7 * 24 - 1],
    ['half an hour on Lord Howe', 'Australia/Lord_Howe', { day: '2026-04-05' }, 24.5],
  ])('%s', (_name, timeZone, input, hours) => {
    const { fromTs, toTs } = parsePeriod(input, { now: NOW, timeZone });
    expect((toTs - fromTs) / HOUR).toBe(hours);
  });

  it('keeps the wall clock for days and the length for hours', () => {
    const noonAfter = Date.UTC(2026, 9, 25, 11);
    expect(noonAfter - berlin({ last: '1d' }, noonAfter).fromTs).toBe(25 * HOUR);
    expect(noonAfter - berlin({ last: '24h' }, noonAfter).fromTs).toBe(24 * HOUR);
  });

  it('takes the earlier of two equal readings and steps over a reading that never was', () => {
    const { fromTs } = berlin({ from: '2026-10-25T02:30', to: '2026-10-26' });
    expect(iso(fromTs)).toBe('2026-10-25T00:30:00Z');
    const gap = berlin({ from: '2026-03-29T02:30', to: '2026-03-30' });
    expect(iso(gap.fromTs)).toBe('2026-03-29T01:30:00Z');
  });
});

describe('refusals say what was understood', () => {
  it('reversed and empty', () => {
    expect(refusal({ from: '2026-11-08', to: '2026-11-01' })).toBe(
      'The period is reversed (understood: from 8 Nov 2026 00:00 to 1 Nov 2026 00:00, Europe/Moscow).',
    );
    expect(refusal({ from: '2026-11-08', to: '2026-11-08' }, 'Europe/Moscow', 'ru')).toBe(
      'Период пуст (понято: с 08.11.2026 00:00 по 08.11.2026 00:00, Europe/Moscow); конец в период не входит.',
    );
    expect(refusal({ last: '0d' })).toContain('empty');
    expect(refusal({ from: '2026-12-01' })).toContain('(now)');
  });

  it.each<[PeriodInput, string]>([
    [{}, 'No period is given'],
    [{ to: '2026-11-01' }, 'given as to'],
    [{ last: '7d', day: 'today' }, 'given as last and day'],
    [{ from: '2026-11-01', last: '7d' }, 'given as from and last'],
    [{ from: 'last tuesday' }, 'from "last tuesday" is not understood'],
    [{ from: '2026-02-30' }, 'is not understood'],
    [{ from: '2026-13-01' }, 'is not understood'],
    [{ from: '1969-12-31' }, 'is not understood'],
    [{ from: '2026-11-01T25:00' }, 'is not understood'],
    [{ from: '2026-11-01T10:60' }, 'is not understood'],
    [{ from: '2026-11-01T10:00+99:00' }, 'is not understood'],
    [{ from: '2026-11-01', to: '' }, 'to "" is not understood'],
    [{ last: '7 parsecs' }, 'last "7 parsecs" is not understood'],
    [{ last: '-7d' }, 'is not understood'],
    [{ last: '999999d' }, 'before the year 1970'],
    [{ last: '99y' }, 'before the year 1970'],
    [{ day: '2026-02-29' }, 'day "2026-02-29" is not understood'],
    [{ day: '2026-11-01T10:00' }, 'is not understood'],
    [{ from: '__proto__' }, 'is not understood'],
    [{ day: 'constructor' }, 'is not understood'],
  ])('%j', (input, words) => expect(refusal(input)).toContain(words));

  it('names an unknown time zone', () => expect(refusal({ last: '7d' }, 'Mars/Olympus')).toContain('Mars/Olympus'));
});

const zones = fc.constantFrom(
  'UTC',
  'Europe/Moscow',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'America/Havana',
  'Pacific/Apia',
  'Asia/Beirut',
);
const moments = fc.integer({ min: Date.UTC(2015, 0, 1), max: Date.UTC(2035, 0, 1) });

describe('properties', () => {
  it('every moment lies in its own day, days tile time, and none is shorter than 22 or longer than 26 hours', () => {
    fc.assert(
      fc.property(zones, moments, (timeZone, ts) => {
        const zone = new LocalTime(timeZone);
        const start = zone.startOfDay(ts);
        const next = zone.startOfDay(ts, 1);
        expect(start).toBeLessThanOrEqual(ts);
        expect(next).toBeGreaterThan(ts);
        expect(zone.startOfDay(next - 1)).toBe(start);
        expect(next - start).toBeGreaterThanOrEqual(22 * HOUR);
        expect(next - start).toBeLessThanOrEqual(26 * HOUR);
      }),
      { numRuns: 300 },
    );
  });

  it('a written moment reads back as itself, with an offset or as local time outside repeated hours', () => {
    fc.assert(
      fc.property(zones, moments, (timeZone, ts) => {
        const zone = new LocalTime(timeZone);
        const context = { now: ts + DAY, timeZone };
        const text = formatIso(ts, zone);
        expect(parsePeriod({ from: text, to: 'now' }, context).fromTs).toBe(ts);
        const local = parsePeriod({ from: text.replace(/[+-]\d\d:\d\d$/, ''), to: 'now' }, context).fromTs;
        // In a repeated hour local time alone means the first of the two.
        expect([0, HOUR, HOUR / 2]).toContain(ts - local);
        expect(zone.wall(local)).toEqual(zone.wall(ts));
      }),
      { numRuns: 300 },
    );
  });

  it('either a proper half-open period or PERIOD_INVALID, whatever is typed', () => {
    const words = fc.oneof(
      fc.string(),
      fc.constantFrom('7d', 'today', 'now', '2026-11-01', '2026-11-01T10:00', '1y', '24h', '31.12.2026'),
      fc.stringMatching(/^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2})?)?(Z|\+\d{2}:\d{2})?$/),
      fc.stringMatching(/^\d{1,6}[smhdwy]$/),
    );
    const key = fc.option(words, { nil: undefined });
    fc.assert(
      fc.property(key, key, key, key, zones, (from, to, last, day, timeZone) => {
        const input = Object.fromEntries(Object.entries({ from, to, last, day }).filter(([, v]) => v !== undefined));
        try {
          const period = parsePeriod(input, { now: NOW, timeZone });
          expect(Number.isSafeInteger(period.fromTs)).toBe(true);
          expect(period.toTs).toBeGreaterThan(period.fromTs);
        } catch (error) {
          expect(error).toBeInstanceOf(EmoscopeError);
        }
      }),
      { numRuns: 1500 },
    );
  });
});
