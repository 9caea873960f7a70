import { describe, expect, it } from 'vitest';
import { Stillness } from '../../../src/ingest/stillness.js';
import { seeded } from '../../fixtures/store-rows.js';

const [WIDTH, HEIGHT, STEP_MS] = [320, 180, 1000];
const random = seeded(7);

const picture = (level: (i: number) => number) => ({
  width: WIDTH,
  height: HEIGHT,
  data: Uint8Array.from({ length: WIDTH * HEIGHT * 3 }, (_, i) => level(i)),
});

/** Since when the view is said to stand still after each of the pictures that come once a second. */
const watched = (pictures: readonly ReturnType<typeof picture>[], stillness = new Stillness()): (number | null)[] =>
  pictures.map((seen, n) => {
    stillness.look({ ...seen, arrivedMs: n * STEP_MS }, 5000 + n * STEP_MS);
    return stillness.sinceTs;
  });

describe('a picture that stands still', () => {
  const stuck = picture((i) => i % 251);

  it('is named after two minutes, with the time of its first picture', () => {
    const said = watched(Array.from({ length: 200 }, () => stuck));
    expect(said.slice(0, 120)).toEqual(Array.from({ length: 120 }, () => null));
    expect(said.slice(120)).toEqual(Array.from({ length: 80 }, () => 5000));
  });

  it('is still the same when a codec writes it a little differently', () => {
    const coded = Array.from({ length: 130 }, () =>
      picture((i) => Math.min(255, (i % 251) + Math.floor(random() * 3))),
    );
    expect(watched(coded).at(-1)).toBe(5000);
  });

  it('is not what the noise of a sensor leaves of an empty room, nor one in which a clock runs', () => {
    const noisy = Array.from({ length: 200 }, () => picture((i) => 100 + ((i % 251) >> 3) + Math.floor(random() * 12)));
    const clock = (n: number) =>
      picture((i) => (Math.floor(i / 3) % WIDTH < 40 && i < WIDTH * 60 ? (n * 97) % 256 : i % 251));
    expect(watched(noisy).every((said) => said === null)).toBe(true);
    expect(watched(Array.from({ length: 200 }, (_, n) => clock(n))).every((said) => said === null)).toBe(true);
  });

  it('is forgotten as soon as something moves, and when the source is opened anew', () => {
    const stillness = new Stillness();
    expect(
      watched(
        Array.from({ length: 125 }, () => stuck),
        stillness,
      ).at(-1),
    ).toBe(5000);
    stillness.look({ ...picture((i) => (i % 251) ^ 64), arrivedMs: 126_000 }, 131_000);
    expect(stillness.sinceTs).toBeNull();
    stillness.reset();
    expect(stillness.sinceTs).toBeNull();
  });
});
