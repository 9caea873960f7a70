import { describe, expect, it } from 'vitest';
import { rotatedPicture } from '../../../../src/inference/pixels/rotated-picture.js';

describe('a picture turned clockwise', () => {
  it.each([
    [90, [4, 1, 5, 2, 6, 3]],
    [180, [6, 5, 4, 3, 2, 1]],
    [270, [3, 6, 2, 5, 1, 4]],
  ] as const)('by %d° is what it should be', (turn, wanted) => {
    const data = Uint8Array.from([1, 2, 3, 4, 5, 6]);
    const turned = rotatedPicture({ width: 3, height: 2, channels: 1, data }, turn);
    expect([turned.width, turned.height]).toEqual(turn === 180 ? [3, 2] : [2, 3]);
    expect([...turned.data]).toEqual(wanted);
  });

  it('is made smaller, whatever its size', () => {
    const [width, height] = [1921, 1079];
    const turned = rotatedPicture({ width, height, channels: 3, data: new Uint8Array(width * height * 3).fill(9) }, 90);
    expect(Math.max(turned.width, turned.height)).toBe(640);
    expect(turned.data.every((level) => level === 9)).toBe(true);
  });
});
