import { describe, expect, it } from 'vitest';
import { FrameCounter } from '../../../src/metrics/frame-counter.js';
import { face, frame } from './faces.js';

describe('FrameCounter', () => {
  const layout = { id: 'cam', role: 'customer', zones: [{ id: 'till', role: 'seller' }, { id: 'shelf' }] } as const;

  it('gives one row per second, role and zone, and counts an empty frame for each of them', () => {
    const counter = new FrameCounter(layout);
    expect(counter.add(frame(10_000, [face({ zoneId: 'shelf' }), face({ role: 'seller', zoneId: 'till' })]))).toEqual(
      [],
    );
    expect(counter.add(frame(10_200, []))).toEqual([]);
    expect(counter.add(frame(10_999, [face(), face({ rejected: 'score' })]))).toEqual([]);
    const rows = counter.add(frame(11_000, []));
    const row = { ts: 10_000, streamId: 'cam', analysed: 3 };
    expect(rows).toEqual([
      { ...row, role: 'customer', zoneId: null, withFaces: 2, faces: 2 },
      { ...row, role: 'seller', zoneId: null, withFaces: 1, faces: 1 },
      { ...row, role: 'seller', zoneId: 'till', withFaces: 1, faces: 1 },
      { ...row, role: 'customer', zoneId: 'shelf', withFaces: 1, faces: 1 },
    ]);
    expect(counter.flush().map(({ ts, analysed }) => [ts, analysed])).toEqual(Array(4).fill([11_000, 1]));
    expect(counter.flush()).toEqual([]);
  });

  it('closes the second when the clock goes back', () => {
    const counter = new FrameCounter({ id: 'cam', role: 'exit', zones: [] });
    counter.add(frame(3_600_000, []));
    expect(counter.add(frame(1_000, []))).toEqual([
      { ts: 3_600_000, streamId: 'cam', role: 'exit', zoneId: null, analysed: 1, withFaces: 0, faces: 0 },
    ]);
  });
});
