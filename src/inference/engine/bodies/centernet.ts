import { iou } from '../../streams/tracker/overlap.js';
import type { PixelBox } from '../../pixels/picture.js';

/** The network's maps are this much coarser than its picture. */
export const CENTERNET_STEP = 4;
/** Pictures come in sides of whole steps of the network's coarsest map. */
export const CENTERNET_BLOCK = 32;

/** A body that was found: box in pixels of the picture, confidence 0–1. */
export interface FoundBody {
  readonly box: PixelBox;
  readonly score: number;
}

/** The network's answer for one picture: how likely a person's centre is at each place, and how far its four edges are. */
export interface CenternetMaps {
  /** rows × columns. */
  readonly people: Float32Array;
  /** Left, top, right, bottom, each rows × columns, pixels of the network's picture. */
  readonly edges: Float32Array;
  readonly columns: number;
  readonly rows: number;
}

/** Two boxes that share this much are one person. */
const SAME_BODY_IOU = 0.5;

/** Whether no neighbour is likelier; of two that are equal the first counts. */
const isPeak = ({ people, columns, rows }: CenternetMaps, column: number, row: number): boolean => {
  const at = row * columns + column;
  const score = people[at] as number;
  for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y += 1)
    for (let x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x += 1) {
      const other = y * columns + x;
      const value = people[other] as number;
      if (value > score || (value === score && other < at)) return false;
    }
  return true;
};

/**
 * People of one picture by falling score, each once. `scale`: pixels of the picture per pixel of the network's, both from
 * the top left corner.
 */
export const decodeCenternet = (maps: CenternetMaps, scale: number, minScore: number): FoundBody[] => {
  const { people, edges, columns, rows } = maps;
  const plane = columns * rows;
  const found: FoundBody[] = [];
  for (let at = 0; at < plane; at += 1) {
    const score = people[at] as number;
    const column = at % columns;
    const row = Math.floor(at / columns);
    if (score < minScore || !isPeak(maps, column, row)) continue;
    const [left = 0, top = 0, right = 0, bottom = 0] = [0, 1, 2, 3].map((edge) => edges[edge * plane + at]);
    const box = {
      x: (column * CENTERNET_STEP - left) * scale,
      y: (row * CENTERNET_STEP - top) * scale,
      width: (left + right) * scale,
      height: (top + bottom) * scale,
    };
    if (box.width > 0 && box.height > 0) found.push({ box, score });
  }
  found.sort((a, b) => b.score - a.score);
  const kept: FoundBody[] = [];
  for (const body of found) if (kept.every((other) => iou(other.box, body.box) < SAME_BODY_IOU)) kept.push(body);
  return kept;
};
