import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { drawScene, figuresOf, SCENE_COLOURS } from '../../../../../src/pipeline/camera/pictures/drawn-scene.js';

const GRID = { columns: 12, rows: 7 };
const SIZE = { width: 960, height: 560 };
const mask = (...rows: string[]): Uint8Array =>
  Uint8Array.from(rows.join('').padEnd(GRID.columns * GRID.rows, '.'), (cell) => (cell === '#' ? 1 : 0));

describe('figures', () => {
  it('cover a group whatever its outline, in standard sizes', () => {
    const tall = { column: 3, row: 0, columns: 2, rows: 4 };
    const outlines = [
      mask('............', '...##.......', '...##.......', '...##.......'),
      mask('............', '...#........', '....#.......', '...##.......'),
      mask('...#........', '............', '............', '............'),
    ];
    expect(outlines.slice(0, 2).map((changed) => figuresOf(changed, GRID))).toEqual([[tall], [tall]]);
    expect(figuresOf(outlines[2] ?? mask(), GRID)).toEqual([{ column: 2, row: 0, columns: 2, rows: 2 }]);
  });

  it('cover all when everything has changed, and stay inside', () => {
    expect(figuresOf(new Uint8Array(84).fill(1), GRID)).toEqual([{ column: 0, row: 0, columns: 12, rows: 7 }]);
    expect(figuresOf(mask('#'), GRID)).toEqual([{ column: 0, row: 0, columns: 2, rows: 2 }]);
    expect(figuresOf(mask('...........#'), GRID)).toEqual([{ column: 10, row: 0, columns: 2, rows: 2 }]);
    expect(figuresOf(mask(), GRID)).toEqual([]);
  });

  it('stand apart where a block is free between people', () => {
    expect(figuresOf(mask('.##...###...'), GRID)).toHaveLength(2);
  });
});

describe('a drawn picture', () => {
  const scene = {
    grid: GRID,
    changed: mask('............', '............', '..##........', '..##........'),
    faces: [{ x: 0.6, y: 0.3, width: 0.1, height: 0.2 }],
  };

  it('has its three colours where they belong, and none besides', async () => {
    const { data, info } = await sharp(await drawScene(scene, SIZE, 1280))
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([480, 280]);
    const colours = Object.values(SCENE_COLOURS).map((colour) =>
      [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16)),
    );
    const colourAt = (x: number, y: number): number[] => {
      const at = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * 3;
      return [...data.subarray(at, at + 3)];
    };
    const near = (a: readonly number[], b: readonly number[]): boolean =>
      a.every((v, i) => Math.abs(v - (b[i] ?? 0)) < 8);
    const [ground = [], figure = [], face = []] = colours;
    expect(near(colourAt(0.9, 0.9), ground)).toBe(true);
    expect(near(colourAt(3 / 12, 3 / 7), figure)).toBe(true);
    expect(near(colourAt(0.65, 0.4), face)).toBe(true);
    // Between two of the colours, as at an edge, every channel lies between them, but for the ringing of JPEG.
    const beyond = [0, 1, 2].map((channel) => {
      const levels = colours.map((colour) => colour[channel] ?? 0);
      const seen = data.filter((_, at) => at % 3 === channel);
      return Math.max(
        Math.min(...levels) - seen.reduce((a, b) => Math.min(a, b)),
        seen.reduce((a, b) => Math.max(a, b)) - Math.max(...levels),
      );
    });
    expect(Math.max(...beyond)).toBeLessThan(40);
  });

  it('draws faces of nearly the same size and place alike', async () => {
    const with_ = (x: number, width: number): Promise<Buffer> =>
      drawScene({ ...scene, faces: [{ x, y: 0.3, width, height: 0.2 }] }, SIZE, 1280);
    expect(await with_(0.603, 0.09)).toEqual(await with_(0.6, 0.1));
    expect(await with_(0.3, 0.1)).not.toEqual(await with_(0.6, 0.1));
  });

  it('says no more of the size of a face when asked for in many widths', async () => {
    const sizes = async (share: number): Promise<number[]> =>
      Promise.all(
        [480, 437, 400, 365].map(async (most) => {
          const face = { x: 0.4, y: 0.3, width: share, height: share };
          const jpeg = await drawScene({ ...scene, changed: new Uint8Array(84), faces: [face] }, SIZE, most);
          const { data, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true });
          const bright = data.filter((level, at) => at % 3 === 0 && level > 0x54).length;
          return Math.round((1000 * bright) / (info.width * info.height));
        }),
      );
    const [small, large] = [await sizes(0.2), await sizes(0.235)];
    expect(Math.max(...small.map((size, at) => Math.abs(size - (large[at] ?? 0))))).toBeLessThanOrEqual(1);
  });

  it('is as wide as asked, at most 480 pixels', async () => {
    const widths = [64, 320, 3840].map(
      async (most) => (await sharp(await drawScene(scene, SIZE, most)).metadata()).width,
    );
    expect(await Promise.all(widths)).toEqual([64, 320, 480]);
  });
});
