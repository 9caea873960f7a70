import { describe, expect, test } from 'vitest';
import type { PixelBox, SharedPicture } from '../../../../src/inference/pixels/picture.js';
import { LookPlan, tilesOf, wholeView, zoneRegion } from '../../../../src/inference/streams/look-plan.js';
import { zoneOf } from '../../../../src/inference/streams/zone-of.js';

const square = (id: string, left: number, top: number, side: number) => {
  const polygon: [number, number][] = [
    [left, top],
    [left + side, top],
    [left + side, top + side],
    [left, top + side],
  ];
  return { id, polygon };
};
const inside = (box: PixelBox, region: PixelBox): boolean =>
  box.x >= region.x &&
  box.y >= region.y &&
  box.x + box.width <= region.x + region.width + 1e-6 &&
  box.y + box.height <= region.y + region.height + 1e-6;

describe('tilesOf', () => {
  test.each([
    [320, 240, 0],
    [480, 270, 0],
    [960, 540, 8],
    [1280, 720, 8],
    [1920, 1080, 8],
  ])('%i×%i is cut into %i tiles', (width, height, count) => {
    expect(tilesOf({ width, height })).toHaveLength(count);
  });

  test.each([
    [960, 540],
    [1280, 720],
    [1920, 1080],
    [540, 1920],
  ])('every face of 24 to 60 px in %i×%i lies whole in a tile that shows it at 9.5 pixels or more', (width, height) => {
    const tiles = tilesOf({ width, height });
    for (const side of [24, 60])
      for (let x = 0; x + side <= width; x += 17)
        for (let y = 0; y + side <= height; y += 17) {
          const holder = tiles.find((tile) => inside({ x, y, width: side, height: side }, tile));
          expect(holder).toBeDefined();
          expect((side * 256) / Math.max(holder?.width ?? 0, holder?.height ?? 0)).toBeGreaterThanOrEqual(9.5);
        }
  });

  test.each([
    [7680, 4320],
    [10_000, 200],
    [30_000, 30_000],
  ])('a huge view of %i×%i has few tiles, all inside it', (width, height) => {
    const tiles = tilesOf({ width, height });
    expect(tiles.length).toBeLessThanOrEqual(24);
    for (const tile of tiles) expect(inside(tile, { x: 0, y: 0, width, height })).toBe(true);
  });
});

/** A grey view with patches of other levels in it. */
const view = (width: number, height: number, patches: readonly (PixelBox & { readonly level: number })[] = []) => {
  const data = new Uint8Array(3 * width * height).fill(100);
  for (const { x, y, width: wide, height: high, level } of patches)
    for (let row = y; row < y + high; row += 1) data.fill(level, 3 * (row * width + x), 3 * (row * width + x + wide));
  return { width, height, channels: 3, data } satisfies SharedPicture;
};

describe('LookPlan', () => {
  const size = { width: 1920, height: 1080 };
  const whole = { x: 0, y: 0, ...size };
  const still = view(1920, 1080);
  const bright = { ...still, data: still.data.map((level) => level + 40) };
  const tiles = tilesOf(size);

  test('looks everywhere at first; where all changes, at one tile a frame at most, and at all of them in time', () => {
    const plan = new LookPlan([], 5);
    expect(plan.regions(still, [])).toEqual([whole, ...tiles]);
    const seen = new Set<PixelBox>();
    expect(tiles.length).toBeLessThan(3 * 5);
    for (let i = 0; i < 3 * 5; i += 1) {
      const [first, ...rest] = plan.regions(i % 2 === 0 ? bright : still, []);
      expect(first).toEqual(whole);
      expect(rest.length).toBeLessThanOrEqual(1);
      for (const tile of rest) seen.add(tile);
    }
    expect(seen.size).toBe(tiles.length);
  });

  test('looks again at tiles in which nothing changes after ten seconds, not before', () => {
    const plan = new LookPlan([], 5);
    plan.regions(still, []);
    for (let i = 1; i < 10 * 5; i += 1) expect(plan.regions(still, [])).toEqual([whole]);
    const seen = new Set<PixelBox>();
    for (let i = 0; i < 3 * 5 + tiles.length; i += 1)
      for (const tile of plan.regions(still, []).slice(1)) seen.add(tile);
    expect(seen.size).toBe(tiles.length);
  });

  test('looks at a change at once, wherever it is, and once if it stays', () => {
    for (const [x, y] of [
      [0, 0],
      [937, 511],
      [1872, 1032],
    ] as const) {
      const plan = new LookPlan([], 5);
      for (let i = 0; i < 3; i += 1) plan.regions(still, []);
      const someone = { x, y, width: 48, height: 48 };
      const visited = view(1920, 1080, [{ ...someone, level: 160 }]);
      const [, tile] = plan.regions(visited, []);
      expect(tile !== undefined && tile.x < x + 48 && x < tile.x + tile.width).toBe(true);
      expect(tile !== undefined && tile.y < y + 48 && y < tile.y + tile.height).toBe(true);
      const later = Array.from({ length: 20 }, () => plan.regions(visited, []).slice(1)).flat();
      expect(new Set(later).size).toBe(later.length);
      expect(later).not.toContain(tile);
    }
  });

  test('looks where most has changed first, and at a lesser change all the same', () => {
    const [flag, someone] = [
      { x: 40, y: 40, width: 64, height: 64 },
      { x: 1500, y: 600, width: 200, height: 400 },
    ];
    const plan = new LookPlan([], 5);
    for (let i = 0; i < 5; i += 1) plan.regions(still, []);
    const seen: PixelBox[] = [];
    for (let i = 0; i < 3 * 5; i += 1) {
      const level = i % 2 === 0 ? 160 : 220;
      seen.push(
        ...plan
          .regions(
            view(1920, 1080, [
              { ...flag, level },
              { ...someone, level },
            ]),
            [],
          )
          .slice(1),
      );
    }
    expect(seen[0] !== undefined && inside({ x: 1600, y: 700, width: 24, height: 24 }, seen[0])).toBe(true);
    expect(seen.some((look) => inside({ x: 44, y: 44, width: 24, height: 24 }, look))).toBe(true);
  });

  test('a crowd of small faces costs no more looks than a frame has, and each face has its turn', () => {
    const small = view(960, 540);
    const plan = new LookPlan([], 5);
    plan.regions(small, []);
    const crowd = [0.05, 0.3, 0.55, 0.9].flatMap((x) => [
      { x, y: 0.1, width: 24 / 960, height: 24 / 540 },
      { x, y: 0.8, width: 24 / 960, height: 24 / 540 },
    ]);
    const times = crowd.map(() => 0);
    for (let i = 0; i < 40; i += 1) {
      const looks = plan.regions(small, crowd).slice(1);
      expect(looks.length).toBeLessThanOrEqual(2);
      crowd.forEach(({ x, y }, at) => {
        const box = { x: x * 960, y: y * 540, width: 24, height: 24 };
        if (looks.some((look) => inside(box, look))) times[at] = (times[at] ?? 0) + 1;
      });
    }
    expect(Math.min(...times)).toBeGreaterThanOrEqual(8);
  });

  test('looks where something has been, even if it is gone again', () => {
    const plan = new LookPlan([], 1);
    plan.regions(still, []);
    plan.regions(view(1920, 1080, [{ x: 0, y: 0, width: 900, height: 900, level: 160 }]), []);
    const later = Array.from({ length: 5 }, () => plan.regions(still, []).slice(1)).flat();
    expect(new Set(later).size).toBeGreaterThan(1);
  });

  test('noise is no change', () => {
    const plan = new LookPlan([], 5);
    plan.regions(still, []);
    for (let i = 0; i < 20; i += 1) {
      const noisy = { ...still, data: still.data.map((level, at) => level + ((at * 7919 + i * 104_729) % 19) - 9) };
      expect(plan.regions(noisy, [])).toEqual([whole]);
    }
  });

  test('a view of another size is looked at as a new one', () => {
    const plan = new LookPlan([], 5);
    plan.regions(still, []);
    const small = view(960, 540);
    expect(plan.regions(small, [])).toHaveLength(1 + tilesOf(small).length);
  });

  test('follows a small face in its tile in every frame, a large one in the whole view', () => {
    const plan = new LookPlan([], 0.1);
    plan.regions(still, []);
    const small = { x: 0.5, y: 0.5, width: 40 / 1920, height: 40 / 1080 };
    const large = { x: 0.1, y: 0.1, width: 0.2, height: 0.3 };
    for (let i = 0; i < 3; i += 1) {
      const looks = plan.regions(still, [small, large]);
      expect(looks.some((look) => look.width < 1920 && inside({ x: 960, y: 540, width: 40, height: 40 }, look))).toBe(
        true,
      );
    }
  });

  test('a zone is looked at as itself unless it is nearly the whole view', () => {
    const corner = square('corner', 0, 0, 0.25);
    const most = square('most', 0, 0, 0.9);
    const plan = new LookPlan([corner, most], 5);
    const looks = plan.regions(view(400, 400), []);
    expect(looks.map(({ x, y, width, height }) => [x, y, width, height].map(Math.round))).toEqual([
      [-67, -67, 533, 533],
      [0, 0, 110, 110],
    ]);
    expect(zoneRegion(most, { width: 400, height: 400 })).toBeNull();
  });
});

test.each([
  [960, 540, { x: 0, y: 0, width: 960, height: 540 }],
  [540, 960, { x: 0, y: 0, width: 540, height: 960 }],
  [640, 480, { x: 0, y: 0, width: 640, height: 480 }],
  [480, 420, { x: -40, y: -70, width: 560, height: 560 }],
  [360, 360, { x: -60, y: -60, width: 480, height: 480 }],
])(
  'a face as high as a view of %i × %i fills at most three quarters of what the detector sees',
  (width, height, region) => {
    expect(wholeView({ width, height })).toEqual(region);
  },
);

test('zoneOf takes the first zone that holds the centre of the box', () => {
  const zones = [square('a', 0, 0, 0.5), square('b', 0.4, 0.4, 0.6)];
  const at = (x: number, y: number) => zoneOf({ x: x - 0.05, y: y - 0.05, width: 0.1, height: 0.1 }, zones)?.id ?? null;
  expect([at(0.2, 0.2), at(0.45, 0.45), at(0.8, 0.8), at(0.9, 0.1)]).toEqual(['a', 'a', 'b', null]);
});
