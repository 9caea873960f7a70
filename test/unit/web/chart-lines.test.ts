import { describe, expect, it } from 'vitest';
import { alignedLines, hasLonePoint } from '../../../web/src/values/chart-lines.js';

const HOUR = 3_600_000;
const line = (...hours: readonly number[]): Map<number, number> => new Map(hours.map((hour) => [hour * HOUR, hour]));

describe('lines on one axis', () => {
  it('break off where nothing was measured, as over a closed night', () => {
    const { times, values } = alignedLines([line(20, 21, 33, 34)], 1.5 * HOUR);
    expect(values).toEqual([[20, 21, null, 33, 34]]);
    expect(times).toEqual([20, 21, 27, 33, 34].map((hour) => hour * HOUR));
  });

  it('do not break off at times that only the other line has, nor where that one breaks off', () => {
    const { values } = alignedLines([line(1, 2, 3), line(1.5, 2.5, 9)], 1.5 * HOUR);
    const [first = [], second = []] = values;
    expect(first.filter((value) => value === null)).toEqual([]);
    expect(first.filter((value) => value !== undefined)).toEqual([1, 2, 3]);
    expect(second.filter((value) => value !== undefined)).toEqual([1.5, 2.5, null, 9]);
  });

  it('keep what was measured as nothing', () => {
    const { values } = alignedLines([new Map([...line(1, 3), [2 * HOUR, null]])], 1.5 * HOUR);
    expect(values).toEqual([[1, null, 3]]);
  });

  it.each([
    [[1, 2, null, 3, 4], false],
    [[1, null, 3, 4], true],
    [[1, undefined, 2], false],
    [[null, 1, undefined, null], true],
    [[], false],
  ])('%j has a point that no stroke leads to: %s', (values, expected) => {
    expect(hasLonePoint(values)).toBe(expected);
  });
});
