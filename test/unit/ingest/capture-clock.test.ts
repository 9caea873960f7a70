import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CaptureClock } from '../../../src/ingest/capture-clock.js';

const EPOCH = 1_800_000_000_000;

/** A clock that is set by hand: `ms` since start, wall clock ahead by `stepMs`. */
const handClock = () => {
  const time = { ms: 0, stepMs: 0 };
  return { time, now: () => EPOCH + time.ms + time.stepMs, monotonic: () => time.ms };
};

const play = (arrivals: readonly (readonly [ptsMs: number | null, arrivedMs: number])[]) => {
  const clock = handClock();
  const capture = new CaptureClock(clock);
  const times = arrivals.map(([ptsMs, arrivedMs]) => {
    clock.time.ms = arrivedMs;
    return capture.capture(ptsMs, arrivedMs) - EPOCH;
  });
  return { times, jumps: capture.jumps };
};

const steady = (count: number, ptsOf: (index: number) => number | null, lateMs: (index: number) => number = () => 0) =>
  Array.from({ length: count }, (_, index) => [ptsOf(index), 1000 + index * 200 + lateMs(index)] as const);

describe('capture times', () => {
  it('follow presentation time, not the jitter of arrival', () => {
    const { times } = play(
      steady(
        50,
        (index) => index * 200,
        (index) => (index % 7) * 15,
      ),
    );
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(Math.max(...gaps.map((gap) => Math.abs(gap - 200)))).toBeLessThanOrEqual(2);
  });

  it('keep the true times of pictures that a network pause delivers in a burst', () => {
    const paused = steady(60, (index) => index * 200).map(
      ([pts, arrived], index) => [pts, index >= 20 && index < 40 ? 1000 + 40 * 200 + index : arrived] as const,
    );
    const { times, jumps } = play(paused);
    expect(jumps).toBe(0);
    times.forEach((time, index) => expect(Math.abs(time - (1000 + index * 200))).toBeLessThanOrEqual(20));
  });

  it.each([
    ['jumps an hour ahead', (index: number) => index * 200 + (index >= 25 ? 3_600_000 : 0)],
    ['jumps an hour back', (index: number) => 7_200_000 + index * 200 - (index >= 25 ? 3_600_000 : 0)],
    ['wraps at 2³³ ticks of 90 kHz', (index: number) => (95_443_000 + index * 200) % (2 ** 33 / 90)],
    ['stands still', () => 4711],
    ['creeps by single ticks', (index: number) => 4711 + index / 90],
    ['is missing', () => null],
    ['stands still for a while', (index: number) => Math.min(index, 25) * 200 + Math.max(0, index - 40) * 200],
  ])('stay within 50 ms of arrival when presentation time %s', (_, ptsOf) => {
    const { times } = play(steady(80, ptsOf));
    times.forEach((time, index) => expect(Math.abs(time - (1000 + index * 200))).toBeLessThanOrEqual(50));
  });

  it('follow a camera whose clock is slow by 100 ppm for a day', () => {
    const hours24 = Array.from({ length: 86_400 }, (_, second) => [second * 1000 * (1 - 1e-4), second * 1000] as const);
    expect(Math.abs((play(hours24).times.at(-1) ?? 0) - 86_399_000)).toBeLessThanOrEqual(2);
  });

  it('find a jump back that a higher presentation time hid', () => {
    const { times, jumps } = play(steady(80, (index) => index * 200 - (index >= 25 ? 4900 : 0) + 10_000));
    expect(jumps).toBeGreaterThan(0);
    expect(Math.abs((times.at(-1) ?? 0) - (1000 + 79 * 200))).toBeLessThanOrEqual(10);
  });

  it('rise strictly whatever the source says', () => {
    const anyPts = fc.option(fc.double({ min: -1e9, max: 1e9, noNaN: true }));
    const pictures = fc.array(fc.tuple(anyPts, fc.integer({ min: 0, max: 20_000 })), { maxLength: 200 });
    fc.assert(
      fc.property(pictures, (list) => {
        let arrived = 0;
        const { times } = play(list.map(([pts, gap]) => [pts, (arrived += gap)] as const));
        times.forEach((time, index) => {
          expect(time).toBeGreaterThan(index === 0 ? Number.NEGATIVE_INFINITY : (times[index - 1] ?? 0));
        });
      }),
    );
  });

  it('follow the machine clock when it is set, also back', () => {
    const clock = handClock();
    const capture = new CaptureClock(clock);
    const at = (ms: number, stepMs: number): number => {
      Object.assign(clock.time, { ms, stepMs });
      return capture.capture(ms, ms) - EPOCH;
    };
    expect([at(0, 0), at(200, 0), at(400, -3_600_000), at(600, 60_000)]).toEqual([0, 200, 400 - 3_600_000, 60_600]);
  });

  it('go on rising after a reconnect', () => {
    const clock = handClock();
    const capture = new CaptureClock(clock);
    const before = capture.capture(500_000, 0);
    capture.reset();
    clock.time.ms = 3;
    expect(capture.capture(0, 3)).toBeGreaterThan(before);
  });
});
