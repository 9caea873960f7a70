import { YUNET_HEADS, YUNET_STRIDES } from '../../models/added/addable.js';
import type { PixelBox } from '../../pixels/picture.js';
import type { FoundFace } from '../port.js';

/** Names of YuNet's outputs: classes, objectness, boxes and points of each of its three grids. */
export const YUNET_OUTPUTS: readonly string[] = YUNET_STRIDES.flatMap((stride) =>
  Object.keys(YUNET_HEADS).map((head) => `${head}_${stride}`),
);

/** A larger exponent is no face: e⁸ cells are more than any picture has. */
const MOST_EXPONENT = 8;

const share = (value: number): number => Math.min(1, Math.max(0, value));

/**
 * Decodes YuNet's outputs for one picture into faces in the picture's own pixels: score = √(class · objectness), box centre
 * = (cell + offset) · stride, side = e^value · stride, as OpenCV's FaceDetectorYN does. Of its five points the corners of
 * the mouth give its middle, too, so that there are six as from every detector; the ears' place is theirs. `region` is the
 * square that was looked at, `size` its side in the network's pixels; sorted by falling score, not yet merged.
 */
export const decodeYunet = (
  outputs: Readonly<Record<string, Float32Array>>,
  size: number,
  region: PixelBox,
  minScore: number,
): FoundFace[] => {
  const scaleX = region.width / size;
  const scaleY = region.height / size;
  const faces: FoundFace[] = [];
  for (const stride of YUNET_STRIDES) {
    const [cls, obj, bbox, kps] = (['cls', 'obj', 'bbox', 'kps'] as const).map((head) => outputs[`${head}_${stride}`]);
    if (cls === undefined || obj === undefined || bbox === undefined || kps === undefined) continue;
    const columns = size / stride;
    for (let cell = 0; cell < columns * columns; cell += 1) {
      const score = Math.sqrt(share(cls[cell] as number) * share(obj[cell] as number));
      if (!(score >= minScore)) continue;
      const column = cell % columns;
      const row = (cell - column) / columns;
      const x = (at: number, own: Float32Array): number => region.x + (column + (own[at] as number)) * stride * scaleX;
      const y = (at: number, own: Float32Array): number => region.y + (row + (own[at] as number)) * stride * scaleY;
      const side = (at: number): number => Math.exp(Math.min(MOST_EXPONENT, bbox[at] as number)) * stride;
      const width = side(4 * cell + 2) * scaleX;
      const height = side(4 * cell + 3) * scaleY;
      const box = { x: x(4 * cell, bbox) - width / 2, y: y(4 * cell + 1, bbox) - height / 2, width, height };
      const point = (n: number): readonly [number, number] => [
        x(10 * cell + 2 * n, kps),
        y(10 * cell + 2 * n + 1, kps),
      ];
      const [right, left] = [point(3), point(4)];
      const middle = [(right[0] + left[0]) / 2, (right[1] + left[1]) / 2];
      faces.push({ box, score, points: [...point(0), ...point(1), ...point(2), ...middle, ...right, ...left] });
    }
  }
  return faces.sort((a, b) => b.score - a.score);
};
