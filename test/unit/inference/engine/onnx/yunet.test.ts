import { describe, expect, it } from 'vitest';
import { decodeYunet, YUNET_OUTPUTS } from '../../../../../src/inference/engine/onnx/yunet.js';

const SIZE = 320;
const VALUES = { cls: 1, obj: 1, bbox: 4, kps: 10 } as const;

const nothing = (): Record<string, Float32Array> =>
  Object.fromEntries(
    YUNET_OUTPUTS.map((name) => {
      const [head = '', stride = ''] = name.split('_');
      return [name, new Float32Array((SIZE / Number(stride)) ** 2 * VALUES[head as keyof typeof VALUES])];
    }),
  );

/** Puts a finding into a cell of one grid. */
const put = (
  outputs: Record<string, Float32Array>,
  [stride, column, row]: readonly [number, number, number],
  {
    cls,
    obj,
    bbox,
    kps,
  }: { readonly cls: number; readonly obj: number; readonly bbox: readonly number[]; readonly kps: readonly number[] },
): void => {
  const cell = row * (SIZE / stride) + column;
  outputs[`cls_${stride}`]?.set([cls], cell);
  outputs[`obj_${stride}`]?.set([obj], cell);
  outputs[`bbox_${stride}`]?.set(bbox, 4 * cell);
  outputs[`kps_${stride}`]?.set(kps, 10 * cell);
};

const KPS = [-0.5, -0.5, 0.5, -0.5, 0, 0, -0.25, 0.5, 0.75, 0.5];

describe('YuNet', () => {
  it('has four heads on each of three grids', () => {
    expect(YUNET_OUTPUTS).toHaveLength(12);
    expect(YUNET_OUTPUTS).toContain('kps_32');
  });

  it('is read by hand as written: score √(class · objectness), offsets in cells, sides by their logarithm', () => {
    const outputs = nothing();
    put(outputs, [16, 3, 5], { cls: 0.81, obj: 0.64, bbox: [0.5, 0.25, Math.log(2), Math.log(4)], kps: KPS });
    put(outputs, [8, 0, 0], { cls: 0.9, obj: 0.9, bbox: [0, 0, 0, 0], kps: KPS });
    put(outputs, [32, 9, 9], { cls: 0.1, obj: 0.1, bbox: [0, 0, 0, 0], kps: KPS });
    const region = { x: 100, y: 50, width: 2 * SIZE, height: 2 * SIZE };
    const found = decodeYunet(outputs, SIZE, region, 0.3);
    expect(found.map(({ score }) => Number(score.toFixed(3)))).toEqual([0.9, 0.72]);
    const [, second] = found;
    // Centre (3.5 · 16, 5.25 · 16) = (56, 84), 32 × 64, all doubled and moved by the region.
    expect(second?.box.x).toBeCloseTo(100 + 2 * (56 - 16), 4);
    expect(second?.box.y).toBeCloseTo(50 + 2 * (84 - 32), 4);
    expect(second?.box.width).toBeCloseTo(64, 4);
    expect(second?.box.height).toBeCloseTo(128, 4);
    const cells = [2.5, 4.5, 3.5, 4.5, 3, 5, 3.25, 5.5, 2.75, 5.5, 3.75, 5.5];
    expect(second?.points).toEqual(cells.map((cell, at) => (at % 2 === 0 ? 100 : 50) + 2 * 16 * cell));
  });

  it('takes shares beyond 0 and 1 for these, and no side for endless', () => {
    const outputs = nothing();
    put(outputs, [8, 1, 1], { cls: 1.5, obj: 2, bbox: [0, 0, 200, 200], kps: KPS });
    put(outputs, [8, 2, 1], { cls: -1, obj: -1, bbox: [0, 0, 0, 0], kps: KPS });
    const found = decodeYunet(outputs, SIZE, { x: 0, y: 0, width: SIZE, height: SIZE }, 0.2);
    expect(found).toHaveLength(1);
    expect(found[0]?.score).toBe(1);
    expect(Number.isFinite(found[0]?.box.width)).toBe(true);
  });
});
