import { describe, expect, it } from 'vitest';
import { SteadySize } from '../../../../../src/inference/streams/tracker/steady-size.js';

const box = (x: number, side: number) => ({ x, y: 100, width: side, height: side });

describe('the size of a followed face', () => {
  it('trembles far less than what is found, around the same centre', () => {
    const sizes = new SteadySize();
    const seen = Array.from({ length: 40 }, (_, i) => {
      const found = box(300 + i, i % 2 === 0 ? 60 : 66);
      const steady = sizes.steady('a', i * 200, found);
      expect(steady.x + steady.width / 2).toBeCloseTo(found.x + found.width / 2);
      return steady.width;
    }).slice(20);
    expect(Math.max(...seen) - Math.min(...seen)).toBeLessThan(2);
  });

  it('follows a face that comes nearer, at once where it is another one', () => {
    const sizes = new SteadySize();
    for (let i = 0; i <= 30; i += 1) sizes.steady('a', i * 200, box(300, 60 + i));
    expect(sizes.steady('a', 6200, box(300, 90)).width).toBeGreaterThan(85);
    expect(sizes.steady('a', 6400, box(300, 160)).width).toBe(160);
  });

  it('knows nothing of a track that it forgot', () => {
    const sizes = new SteadySize();
    sizes.steady('a', 0, box(300, 60));
    sizes.forget('a');
    expect(sizes.steady('a', 200, box(300, 66)).width).toBe(66);
  });
});
