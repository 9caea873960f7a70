import { expect, it } from 'vitest';
import { PictureChanges } from '../../../src/ingest/picture-changes.js';

it('opens a source anew at once after a change, and more and more seldom while it goes on changing', () => {
  let nowMs = 0;
  const backoff = { firstMs: 500, maxMs: 4000, factor: 2, jitter: 0 };
  const changes = new PictureChanges(backoff, { monotonic: () => nowMs });
  const after = (ms: number): number => {
    nowMs += ms;
    const delayMs = changes.next();
    nowMs += delayMs;
    return delayMs;
  };
  expect([after(0), after(300), after(300), after(300), after(300), after(300)]).toEqual([
    0, 500, 1000, 2000, 4000, 4000,
  ]);
  expect([after(10_001), after(9000), after(9000)]).toEqual([0, 500, 1000]);
});
