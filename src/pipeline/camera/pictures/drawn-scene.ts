import sharp from 'sharp';
import type { Box } from '../../../contracts/face.js';
import type { BlockGrid } from './block-grid.js';

/** The three colours of every drawn picture. */
export const SCENE_COLOURS = { ground: '#1c242c', figure: '#4a5663', face: '#8d99a6' } as const;
/** Wider would show nothing more. */
const WIDEST_PX = 480;

/** All that a drawn picture is made of. */
export interface Scene {
  readonly grid: BlockGrid;
  /** One for each block of the grid in front of which somebody is, row by row. */
  readonly changed: Uint8Array;
  readonly faces: readonly Box[];
}

/** In blocks. */
interface Figure {
  readonly column: number;
  readonly row: number;
  readonly columns: number;
  readonly rows: number;
}

/** Figures are 2, 4, 8 … blocks wide and high, at most `most`. */
const standardLength = (blocks: number, most: number): number =>
  Math.min(most, 2 ** Math.ceil(Math.log2(Math.max(2, blocks))));

/** Groups of changed blocks that touch, each as columns and rows of its blocks. */
const groupsOf = (changed: Uint8Array, { columns, rows }: BlockGrid): [number, number][][] => {
  const left = new Set([...changed.keys()].filter((at) => changed[at] === 1));
  const groups: [number, number][][] = [];
  for (const first of left) {
    left.delete(first);
    const group: [number, number][] = [[first % columns, Math.floor(first / columns)]];
    for (const [column, row] of group)
      for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y += 1)
        for (let x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x += 1)
          if (left.delete(y * columns + x)) group.push([x, y]);
    groups.push(group);
  }
  return groups;
};

/**
 * A figure over every group of changed blocks: a rectangle of a standard size that covers it and stands where it stands. An
 * outline tells people apart, and so does an exact height: what of somebody does not differ from the wall is his clothes' doing.
 */
export const figuresOf = (changed: Uint8Array, grid: BlockGrid): Figure[] =>
  groupsOf(changed, grid).map((group) => {
    const across = group.map(([column]) => column);
    const down = group.map(([, row]) => row);
    const [left, right, top, bottom] = [
      Math.min(...across),
      Math.max(...across) + 1,
      Math.min(...down),
      Math.max(...down) + 1,
    ];
    const columns = standardLength(right - left, grid.columns);
    const rows = standardLength(bottom - top, grid.rows);
    const column = Math.floor((left + right - columns) / 2);
    return {
      column: Math.max(0, Math.min(grid.columns - columns, column)),
      row: Math.max(0, bottom - rows),
      ...{ columns, rows },
    };
  });

/** Heights of drawn faces, as shares of the longer side, differ by this factor: …, 1/8, 1/5.7, 1/4, … */
const FACE_STEP = Math.SQRT2;
const SMALLEST_FACE = 1 / 128;
/** They stand on a grid of as many steps along the longer side. */
const FACE_PLACES = 48;
const FACE_ASPECT = 0.8;

/** An oval of a standard size and shape over a face, in pixels of a picture; the same share of it whatever width is asked for. */
const ovalOf = (box: Box, width: number, height: number) => {
  const longer = Math.max(width, height);
  const step = longer / FACE_PLACES;
  const share = Math.max(SMALLEST_FACE, (box.height * height) / longer);
  const high = longer * FACE_STEP ** Math.round(Math.log(share) / Math.log(FACE_STEP));
  return {
    cx: Math.round(((box.x + box.width / 2) * width) / step) * step,
    cy: Math.round(((box.y + box.height / 2) * height) / step) * step,
    rx: (high * FACE_ASPECT) / 2,
    ry: high / 2,
  };
};

/**
 * A picture that is drawn, never filtered: plain figures and plain ovals on a plain ground, as JPEG. Nothing of a frame
 * gets here but which blocks changed and where faces are, so nothing else can be seen. Runs on the thread pool.
 */
export const drawScene = (
  scene: Scene,
  size: { width: number; height: number },
  maxWidthPx: number,
): Promise<Buffer> => {
  const { grid, changed, faces } = scene;
  const width = Math.max(1, Math.min(maxWidthPx, WIDEST_PX, size.width));
  const height = Math.max(1, Math.round((size.height * width) / size.width));
  const [blockWidth, blockHeight] = [width / grid.columns, height / grid.rows];
  const figures = figuresOf(changed, grid).map(
    ({ column, row, columns, rows }) =>
      `<rect x="${column * blockWidth}" y="${row * blockHeight}" width="${columns * blockWidth}" ` +
      `height="${rows * blockHeight}" rx="${blockWidth / 2}" fill="${SCENE_COLOURS.figure}"/>`,
  );
  const ovals = faces.map((face) => {
    const { cx, cy, rx, ry } = ovalOf(face, width, height);
    return `<ellipse cx="${cx}" cy="${cy}" rx="${rx}" ry="${ry}" fill="${SCENE_COLOURS.face}"/>`;
  });
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">` +
    `<rect width="100%" height="100%" fill="${SCENE_COLOURS.ground}"/>${figures.join('')}${ovals.join('')}</svg>`;
  return sharp(Buffer.from(svg)).flatten().jpeg({ quality: 75 }).toBuffer();
};
