import { describe, expect, it } from 'vitest';
import { Backlog } from '../../../src/ingest/backlog.js';

const kept = (pictures: readonly (readonly [ptsMs: number | null, arrivedMs: number])[]): (number | null)[] => {
  const backlog = new Backlog();
  return pictures.filter(([pts, arrived]) => !backlog.holds(pts, arrived)).map(([pts]) => pts);
};

describe('pictures that waited while a connection was opened', () => {
  it('are left out but for the first, and later bursts are none of them', () => {
    const burst = [0, 200, 400, 600].map((pts, index) => [pts, 2000 + index * 10] as const);
    const live = [800, 1000, 1200].map((pts) => [pts, pts + 1500] as const);
    const late = [1400, 1600, 1800].map((pts, index) => [pts, 5000 + index] as const);
    expect(kept([...burst, ...live, ...late])).toEqual([0, 800, 1000, 1200, 1400, 1600, 1800]);
  });

  it('are none where pictures come in their own time, or have no time', () => {
    expect(kept([0, 200, 400].map((pts) => [pts, pts]))).toEqual([0, 200, 400]);
    expect(kept([1, 2, 3].map((arrived) => [null, arrived]))).toEqual([null, null, null]);
  });

  it('end after ten seconds, whatever comes', () => {
    const endless = Array.from({ length: 200 }, (_, index) => [index * 1000, index * 100] as const);
    expect(kept(endless).length).toBeGreaterThan(90);
  });
});
