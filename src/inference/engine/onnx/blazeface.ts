import type { FoundFace } from '../port.js';
import type { PixelBox } from '../../pixels/picture.js';
import { sigmoid } from '../../describe/log-odds.js';

export const BLAZEFACE_SIZE = 256;
const BLAZEFACE_ANCHORS = 896;
const VALUES = 16;

/** Centres (x, y in input pixels) of the detector's anchors: a 16² grid with two each, then an 8² grid with six each. */
export const blazefaceAnchors = (): Float32Array => {
  const anchors = new Float32Array(BLAZEFACE_ANCHORS * 2);
  let at = 0;
  for (const [cells, each] of [
    [16, 2],
    [8, 6],
  ] as const) {
    const stride = BLAZEFACE_SIZE / cells;
    for (let row = 0; row < cells; row += 1)
      for (let column = 0; column < cells; column += 1)
        for (let n = 0; n < each; n += 1) {
          anchors[at] = (column + 0.5) * stride;
          anchors[at + 1] = (row + 0.5) * stride;
          at += 2;
        }
  }
  return anchors;
};

/**
 * Decodes one picture of the detector's output into faces in the picture's own pixels. `region` is the square that was
 * looked at; faces below `minScore` are left out; sorted by falling score, not yet merged.
 */
export const decodeBlazeface = (
  output: { readonly logits: Float32Array; readonly boxes: Float32Array; readonly index: number },
  anchors: Float32Array,
  region: PixelBox,
  minScore: number,
): FoundFace[] => {
  const { logits, boxes, index } = output;
  const minLogit = Math.log(minScore / (1 - minScore));
  const scaleX = region.width / BLAZEFACE_SIZE;
  const scaleY = region.height / BLAZEFACE_SIZE;
  const faces: FoundFace[] = [];
  for (let anchor = 0; anchor < BLAZEFACE_ANCHORS; anchor += 1) {
    const logit = logits[index * BLAZEFACE_ANCHORS + anchor] ?? -Infinity;
    if (!(logit >= minLogit)) continue;
    const at = (index * BLAZEFACE_ANCHORS + anchor) * VALUES;
    const anchorX = anchors[anchor * 2] as number;
    const anchorY = anchors[anchor * 2 + 1] as number;
    const value = (i: number): number => boxes[at + i] as number;
    const width = value(2) * scaleX;
    const height = value(3) * scaleY;
    if (!(width > 0 && height > 0)) continue;
    const points = Array.from({ length: 12 }, (_, i) =>
      i % 2 === 0 ? region.x + (anchorX + value(4 + i)) * scaleX : region.y + (anchorY + value(4 + i)) * scaleY,
    );
    const x = region.x + (anchorX + value(0)) * scaleX - width / 2;
    const y = region.y + (anchorY + value(1)) * scaleY - height / 2;
    faces.push({ box: { x, y, width, height }, score: sigmoid(logit), points });
  }
  return faces.sort((a, b) => b.score - a.score);
};
