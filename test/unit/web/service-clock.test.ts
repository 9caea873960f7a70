import { describe, expect, it } from 'vitest';
import { uuidV7 } from '../../../web/src/kiosk/facts/uuid-v7.js';
import { ServiceClock } from '../../../web/src/kiosk/facts/service-clock.js';

const SERVICE = 1_800_000_000_000;
const HOUR = 3_600_000;

/** A tablet whose clocks are moved by hand: the wall, the page, both. */
const tablet = (wrongByMs: number, offsetMs = 0) => {
  const at = { wall: SERVICE + wrongByMs, page: 5000 };
  const clock = new ServiceClock('opening', offsetMs, { now: () => at.wall, page: () => at.page });
  const pass = (ms: number): void => {
    at.wall += ms;
    at.page += ms;
  };
  return { at, clock, pass };
};

describe('the time on a tablet', () => {
  it('is the service’s once that was asked, half of the way to it and back taken off', () => {
    const { at, clock, pass } = tablet(-7 * HOUR);
    const askedMs = at.page;
    pass(400);
    clock.learn(SERVICE + 200, askedMs);
    pass(1000);
    expect(clock.moment()).toEqual({ ts: SERVICE + 1400, guess: null });
  });

  it('is a guess where one clock has jumped or the other has slept', () => {
    const { at, clock } = tablet(0);
    clock.learn(SERVICE, at.page);
    at.wall += HOUR;
    expect(clock.isCertain).toBe(false);
    expect(clock.moment().guess).not.toBeNull();
  });

  it('of a press that was guessed is put right when the wall clock turns out to have jumped', () => {
    const { at, clock, pass } = tablet(2 * HOUR);
    const { ts, guess } = clock.moment();
    expect(ts).toBe(SERVICE + 2 * HOUR);
    pass(60_000);
    at.wall -= 2 * HOUR;
    clock.learn(SERVICE + 60_000, at.page);
    expect(guess === null ? null : clock.settled(ts, guess)).toBe(SERVICE);
  });

  it('of a press before a night’s sleep stays what the wall clock said, which was right', () => {
    const { at, clock } = tablet(-5 * HOUR, 5 * HOUR);
    const { ts, guess } = clock.moment();
    at.wall += 8 * HOUR;
    clock.learn(SERVICE + 8 * HOUR, at.page);
    expect(guess === null ? null : clock.settled(ts, guess)).toBe(SERVICE);
  });

  it('of a press of another opening of the page stays', () => {
    const { at, clock } = tablet(HOUR);
    clock.learn(SERVICE, at.page);
    expect(clock.settled(42, { opening: 'before', pageMs: 1, offsetMs: 0 })).toBe(42);
  });
});

it('ids of presses are UUIDs of version 7 that ascend with time', () => {
  const [early, late] = [uuidV7(SERVICE), uuidV7(SERVICE + 1)];
  expect(early).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(Number.parseInt(early.replaceAll('-', '').slice(0, 12), 16)).toBe(SERVICE);
  expect(early < late).toBe(true);
  expect(new Set(Array.from({ length: 1000 }, () => uuidV7(SERVICE))).size).toBe(1000);
});
