import { describe, expect, it } from 'vitest';
import type { LightFault } from '../../../src/contracts/stream.js';
import { lightFaultOf, LightWatch } from '../../../src/ingest/light-watch.js';
import { seeded } from '../../fixtures/store-rows.js';

const [WIDTH, HEIGHT] = [320, 180];
const random = seeded(16);

/** A picture whose levels depend on where, with the noise of a sensor. */
const picture = (level: (x: number, y: number) => number) => ({
  width: WIDTH,
  height: HEIGHT,
  data: Uint8Array.from({ length: WIDTH * HEIGHT * 3 }, (_, i) => {
    const at = Math.floor(i / 3);
    const value = level((at % WIDTH) / WIDTH, Math.floor(at / WIDTH) / HEIGHT) + 6 * (random() - 0.5);
    return Math.min(255, Math.max(0, value));
  }),
});

const room = picture((x, y) => 60 + 120 * x * (1 - y / 2));
const darkRoom = picture((x) => 8 + 25 * x);
const lampInTheDark = picture((x, y) => (x < 0.1 && y < 0.2 ? 240 : 12));
const blackLens = picture(() => 0);
const window = picture((x) => (x > 0.3 && x < 0.7 ? 30 : 245));
const brightWall = picture((x) => (x > 0.45 && x < 0.55 ? 30 : 245));
const nightWithSign = picture((x) => (x < 0.15 ? 240 : 20));

/** What is named after each of the pictures, one a second. */
const watched = (pictures: readonly ReturnType<typeof picture>[], watch = new LightWatch()): (LightFault | null)[] =>
  pictures.map((seen, n) => {
    watch.look({ ...seen, arrivedMs: n * 1000 });
    return watch.fault;
  });

const times = <T>(count: number, item: T): T[] => Array.from({ length: count }, () => item);

describe('light before a camera', () => {
  it.each<readonly [string, ReturnType<typeof picture>, LightFault | null]>([
    ['a room', room, null],
    ['a dark room', darkRoom, 'too-dark'],
    ['a dark room with one lamp', lampInTheDark, 'too-dark'],
    ['a covered lens', blackLens, 'too-dark'],
    ['dark people before a window', window, 'against-light'],
    ['a narrow dark thing before a bright wall', brightWall, null],
    ['a bright sign in the night', nightWithSign, null],
  ])('%s', (_, seen, fault) => {
    expect(lightFaultOf(seen)).toBe(fault);
  });

  it('is named after six seconds, and no longer named as long after it is good', () => {
    const said = watched([...times(10, darkRoom), ...times(10, room), ...times(10, window)]);
    expect(said.slice(0, 6)).toEqual(times(6, null));
    expect(said.slice(6, 16)).toEqual(times(10, 'too-dark'));
    expect(said.slice(16, 26)).toEqual(times(10, null));
    expect(said.slice(26)).toEqual(times(4, 'against-light'));
  });

  it('is not named for a shadow that passes', () => {
    const passing = Array.from({ length: 60 }, (_, n) => (n % 6 < 4 ? darkRoom : room));
    expect(watched(passing).every((said) => said === null)).toBe(true);
  });

  it('does not change its name where the picture wavers about the limit', () => {
    const nearly = [picture(() => 44), picture(() => 52)];
    const wavering = Array.from({ length: 60 }, (_, n) => nearly[n % 2] ?? room);
    const watch = new LightWatch();
    expect(watched(times(8, darkRoom), watch).at(-1)).toBe('too-dark');
    expect(
      wavering.map((seen, n) => {
        watch.look({ ...seen, arrivedMs: 8000 + n * 1000 });
        return watch.fault;
      }),
    ).toEqual(times(60, 'too-dark'));
  });

  it('looks once a second, and begins anew with the source', () => {
    const watch = new LightWatch();
    for (let n = 0; n < 10; n += 1) watch.look({ ...(n % 2 === 0 ? darkRoom : room), arrivedMs: n * 500 });
    for (let n = 0; n < 8; n += 1) watch.look({ ...darkRoom, arrivedMs: 5000 + n * 1000 });
    expect(watch.fault).toBe('too-dark');
    watch.reset();
    expect(watch.fault).toBeNull();
  });
});
