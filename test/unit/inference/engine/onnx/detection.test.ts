import { describe, expect, test } from 'vitest';
import type { FoundFace } from '../../../../../src/inference/engine/port.js';
import { blazefaceAnchors, decodeBlazeface } from '../../../../../src/inference/engine/onnx/blazeface.js';
import { mergeFaces } from '../../../../../src/inference/engine/onnx/merge-faces.js';
import { iou } from '../../../../../src/inference/streams/tracker/overlap.js';

const face = (x: number, side: number, score: number): FoundFace => ({
  box: { x, y: 0, width: side, height: side },
  score,
  points: [x, 0],
});

describe('decodeBlazeface', () => {
  test('has two anchors a cell on the fine grid and six on the coarse one, at the cells’ centres', () => {
    const anchors = blazefaceAnchors();
    expect([...anchors.subarray(0, 6)]).toEqual([8, 8, 8, 8, 24, 8]);
    expect([...anchors.subarray(2 * 512, 2 * 512 + 2)]).toEqual([16, 16]);
    expect([...anchors.subarray(-2)]).toEqual([240, 240]);
  });

  test('puts a finding where its region lies in the picture, sorted, weak ones left out', () => {
    const logits = new Float32Array(896).fill(-10);
    const boxes = new Float32Array(896 * 16);
    logits[0] = 0;
    logits[895] = 2;
    boxes.set([4, -2, 32, 16, 1, 2], 0);
    boxes.set([0, 0, 8, 8], 895 * 16);
    const region = { x: 100, y: 50, width: 512, height: 512 };
    const found = decodeBlazeface({ logits, boxes, index: 0 }, blazefaceAnchors(), region, 0.3);
    expect(found.map(({ score }) => Number(score.toFixed(3)))).toEqual([0.881, 0.5]);
    expect(found[1]?.box).toEqual({ x: 100 + 24 - 32, y: 50 + 12 - 16, width: 64, height: 32 });
    expect(found[1]?.points.slice(0, 2)).toEqual([100 + 18, 50 + 20]);
  });
});

describe('mergeFaces', () => {
  test('averages overlapping findings by score and keeps neighbours apart', () => {
    const merged = mergeFaces([face(0, 10, 0.9), face(1, 10, 0.3), face(20, 10, 0.5)], 10);
    expect(merged.map(({ score }) => score)).toEqual([0.9, 0.5]);
    expect(merged[0]?.box.x).toBeCloseTo(0.25);
    expect(merged[0]?.points[0]).toBeCloseTo(0.25);
  });

  test('a partial view inside a face is dropped, a small thing inside a large face is left to the mesh to judge', () => {
    expect(mergeFaces([face(0, 10, 0.9), face(4, 6, 0.5)], 10)).toHaveLength(1);
    expect(mergeFaces([face(4, 2, 0.9), face(0, 10, 0.8)], 10)).toHaveLength(2);
  });

  test('gives no more than the limit', () => {
    expect(mergeFaces([face(0, 5, 0.9), face(10, 5, 0.8), face(20, 5, 0.7)], 2)).toHaveLength(2);
  });

  test('IoU of disjoint, equal and half-shared boxes', () => {
    const box = face(0, 10, 1).box;
    expect(iou(box, { ...box, x: 10 })).toBe(0);
    expect(iou(box, box)).toBe(1);
    expect(iou(box, { ...box, x: 5 })).toBeCloseTo(1 / 3);
  });
});
