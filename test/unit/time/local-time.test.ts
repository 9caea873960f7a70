import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LocalTime } from '../../../src/time/local-time.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const at = (iso: string): number => Date.parse(iso);

describe('LocalTime', () => {
  it.each([
    // zone, instant, start of its day, length of the day in hours
    ['Europe/Moscow', '2026-11-22T04:00:00Z', '2026-11-21T21:00:00Z', 24],
    ['Europe/Moscow', '2026-11-21T20:59:59Z', '2026-11-20T21:00:00Z', 24],
    ['Europe/Berlin', '2026-03-29T10:00:00Z', '2026-03-28T23:00:00Z', 23],
    ['Europe/Berlin', '2026-10-25T10:00:00Z', '2026-10-24T22:00:00Z', 25],
    ['America/New_York', '2026-11-01T12:00:00Z', '2026-11-01T04:00:00Z', 25],
    ['Australia/Lord_Howe', '2026-10-03T20:00:00Z', '2026-10-03T13:30:00Z', 23.5],
    ['Asia/Kathmandu', '2026-06-01T12:00:00Z', '2026-05-31T18:15:00Z', 24],
    ['Africa/Cairo', '2026-04-24T12:00:00Z', '2026-04-23T22:00:00Z', 23], // midnight itself is skipped
    ['America/Santiago', '2026-09-06T12:00:00Z', '2026-09-06T04:00:00Z', 23], // likewise
    ['Pacific/Apia', '2011-12-29T12:00:00Z', '2011-12-29T10:00:00Z', 24], // 30 December 2011 never was
    ['UTC', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', 24],
  ])('%s: the day of %s begins at %s and has %f h', (zone, instant, start, hours) => {
    const local = new LocalTime(zone);
    expect(new Date(local.startOfDay(at(instant))).toISOString()).toBe(new Date(start).toISOString());
    expect((local.startOfDay(at(instant), 1) - local.startOfDay(at(instant))) / HOUR).toBe(hours);
  });

  it.each(['Europe/Kyiv', 'Europe/Kiev', 'Asia/Kolkata', 'Asia/Kathmandu', 'Pacific/Kanton', 'UTC', 'GMT'])(
    'gives %s back as it was given, not under an alias',
    (zone) => {
      expect(new LocalTime(zone).timeZone).toBe(zone);
    },
  );

  it('gives the local hour on both sides of a change', () => {
    const berlin = new LocalTime('Europe/Berlin');
    expect(berlin.hour(at('2026-03-29T00:59:00Z'))).toBe(1);
    expect(berlin.hour(at('2026-03-29T01:00:00Z'))).toBe(3);
  });

  it('keeps the repeated hour of autumn as two hourly buckets', () => {
    const berlin = new LocalTime('Europe/Berlin');
    const starts = berlin.bucketStarts(at('2026-10-24T23:00:00Z'), at('2026-10-25T03:00:00Z'), HOUR);
    expect(starts.map((ts) => new Date(ts).toISOString().slice(11, 16))).toEqual(['23:00', '00:00', '01:00', '02:00']);
  });

  it('cuts the short bucket of a half-hour change instead of overlapping it', () => {
    const howe = new LocalTime('Australia/Lord_Howe');
    const starts = howe.bucketStarts(at('2026-10-03T14:30:00Z'), at('2026-10-03T17:30:00Z'), HOUR);
    expect(starts.map((ts) => new Date(ts).toISOString().slice(11, 16))).toEqual(['14:30', '15:30', '16:00', '17:00']);
  });

  it('begins six-hour buckets at local clock times on a day of change', () => {
    const berlin = new LocalTime('Europe/Berlin');
    const starts = berlin.bucketStarts(at('2026-03-28T23:00:00Z'), at('2026-03-29T22:00:00Z'), 6 * HOUR);
    expect(starts.map((ts) => berlin.hour(ts))).toEqual([0, 6, 12, 18]);
  });

  it('begins weeks on Monday', () => {
    const moscow = new LocalTime('Europe/Moscow');
    const sunday = at('2026-11-22T12:00:00+03:00');
    expect(new Date(moscow.bucketStart(sunday, 7 * DAY)).toISOString()).toBe('2026-11-15T21:00:00.000Z');
  });

  it('refuses an unknown zone', () => {
    expect(() => new LocalTime('Mars/Olympus')).toThrow(expect.objectContaining({ code: 'PERIOD_INVALID' }));
  });

  const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Cairo', 'Asia/Kathmandu', 'UTC'];
  const locals = new Map(zones.map((zone) => [zone, new LocalTime(zone)]));
  const anyLocal = fc.constantFrom(...zones).map((zone) => locals.get(zone) ?? new LocalTime(zone));
  const anyTs = fc.integer({ min: at('2024-01-01T00:00:00Z'), max: at('2027-01-01T00:00:00Z') });
  const anyBucket = fc.constantFrom(60_000, 15 * 60_000, HOUR, 6 * HOUR, DAY, 7 * DAY);

  it('puts every instant into one bucket: starts repeat, never lie ahead, and rise with time', () => {
    fc.assert(
      fc.property(anyLocal, anyTs, fc.integer({ min: 0, max: 3 * DAY }), anyBucket, (local, ts, later, bucketMs) => {
        const start = local.bucketStart(ts, bucketMs);
        expect(start).toBeLessThanOrEqual(ts);
        expect(local.bucketStart(start, bucketMs)).toBe(start);
        expect(local.bucketStart(ts + later, bucketMs)).toBeGreaterThanOrEqual(start);
      }),
      { numRuns: 300 },
    );
  });

  it('days cover time without gap or overlap', () => {
    fc.assert(
      fc.property(anyLocal, anyTs, (local, ts) => {
        const start = local.startOfDay(ts);
        const next = local.startOfDay(ts, 1);
        expect(ts >= start && ts < next).toBe(true);
        expect(local.startOfDay(next)).toBe(next);
        expect(local.startOfDay(next - 1)).toBe(start);
      }),
      { numRuns: 200 },
    );
  });
});
