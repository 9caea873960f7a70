import { describe, expect, it } from 'vitest';
import { EmoscopeError } from '../../../src/runtime/errors.js';
import { LocalTime } from '../../../src/time/local-time.js';
import { readDay, readExactMoment, readMoment } from '../../../src/time/read-moment.js';

const MIDNIGHTS = [
  ['Europe/Moscow', '2026-11-01', '2026-10-31T21:00:00.000Z'],
  ['Europe/Berlin', '2026-03-29', '2026-03-28T23:00:00.000Z'],
  ['Europe/Berlin', '2026-10-25', '2026-10-24T22:00:00.000Z'],
  ['America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00:00.000Z'],
  ['Asia/Kathmandu', '2026-01-01', '2025-12-31T18:15:00.000Z'],
  ['UTC', '2026-01-01', '2026-01-01T00:00:00.000Z'],
] as const;

const iso = (ts: number | null): string | null => (ts === null ? null : new Date(ts).toISOString());

describe('a date', () => {
  it.each(MIDNIGHTS)('%s %s: people and programs mean the same midnight', (timeZone, date, expected) => {
    const zone = new LocalTime(timeZone);
    expect(iso(readExactMoment(date, zone))).toBe(expected);
    expect(iso(readDay(date, { now: 0, zone }))).toBe(expected);
    expect(iso(readMoment(date, { now: 0, zone }))).toBe(expected);
  });
});

describe('a moment of programs', () => {
  const zone = new LocalTime('Europe/Moscow');

  it.each([
    ['1793664000000', '2026-11-03T00:00:00.000Z'],
    ['2026-11-01T09:30+03:00', '2026-11-01T06:30:00.000Z'],
    ['2026-11-01T09:30:15.5Z', '2026-11-01T09:30:15.500Z'],
  ])('%s', (text, expected) => {
    expect(iso(readExactMoment(text, zone))).toBe(expected);
  });

  it.each(['today', '2026-11-01T09:30', '01.11.2026', '2026-02-30', '1999-12-31', '2200-01-02', '', '1e12', 'now'])(
    '%j is none: it means another time elsewhere or tomorrow, or no time at all',
    (text) => {
      expect(() => readExactMoment(text, zone)).toThrow(EmoscopeError);
    },
  );
});
