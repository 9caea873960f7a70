import type { FoundFace } from '../port.js';
import type { PixelBox } from '../../pixels/picture.js';
import { iou } from '../../streams/tracker/overlap.js';

const MAX_FACES = 200;
const MIN_IOU = 0.3;
const MIN_CONTAINMENT = 0.7;
/** Ratio of areas beyond which a small finding inside a large one is its own finding. */
const MAX_NESTED_RATIO = 4;

const overlap = (a: PixelBox, b: PixelBox): number => {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
};

/** Whether one box lies mostly inside the other and is not much smaller: two views of one face, one of them partial. */
const nested = (a: PixelBox, b: PixelBox): boolean => {
  const [small, large] = [a.width * a.height, b.width * b.height].sort((m, n) => m - n) as [number, number];
  return overlap(a, b) > MIN_CONTAINMENT * small && large < MAX_NESTED_RATIO * small;
};

const blend = (group: readonly FoundFace[], best: FoundFace): FoundFace => {
  const total = group.reduce((sum, face) => sum + face.score, 0);
  const mean = (pick: (face: FoundFace) => number): number =>
    group.reduce((sum, face) => sum + face.score * pick(face), 0) / total;
  return {
    box: {
      x: mean((face) => face.box.x),
      y: mean((face) => face.box.y),
      width: mean((face) => face.box.width),
      height: mean((face) => face.box.height),
    },
    score: best.score,
    points: best.points.map((_, i) => mean((face) => face.points[i] ?? 0)),
  };
};

/**
 * Non-maximum suppression that averages instead of discarding: each group of overlapping findings becomes one face whose
 * box is the score-weighted mean, which jitters less from frame to frame. The best `limit` faces, by falling score.
 */
export const mergeFaces = (found: readonly FoundFace[], limit = MAX_FACES): FoundFace[] => {
  let rest = found.toSorted((a, b) => b.score - a.score);
  const merged: FoundFace[] = [];
  while (merged.length < limit) {
    const best = rest[0];
    if (best === undefined) break;
    const same = (face: FoundFace): boolean => iou(best.box, face.box) > MIN_IOU || nested(best.box, face.box);
    const group = rest.filter((face) => face === best || iou(best.box, face.box) > MIN_IOU);
    merged.push(blend(group, best));
    rest = rest.filter((face) => face !== best && !same(face));
  }
  return merged;
};
