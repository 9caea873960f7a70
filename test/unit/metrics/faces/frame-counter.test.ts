import { describe, expect, it } from 'vitest';
import { FrameCounter } from '../../../../src/metrics/faces/frame-counter.js';
import { face, frame } from '../faces.js';

describe('FrameCounter', () => {
  const layout = { id: 'cam', role: 'customer', zones: [{ id: 'till', role: 'seller' }, { id: 'shelf' }] } as const;
  const row = { ts: 10_000, streamId: 'cam', analysed: 1, still: 0, late: 0 };

  it('gives a row per frame, role and zone, under the second of the frame', () => {
    const counter = new FrameCounter(layout);
    const faces = [
      face({ zoneId: 'shelf' }),
      face(),
      face({ role: 'seller', zoneId: 'till' }),
      face({ rejected: 'score' }),
    ];
    expect(counter.countsOf(frame(10_999, faces))).toEqual([
      { ...row, role: 'customer', zoneId: null, withFaces: 1, faces: 2 },
      { ...row, role: 'seller', zoneId: null, withFaces: 1, faces: 1 },
      { ...row, role: 'seller', zoneId: 'till', withFaces: 1, faces: 1 },
      { ...row, role: 'customer', zoneId: 'shelf', withFaces: 1, faces: 1 },
    ]);
  });

  it('counts an empty frame for every role and zone', () => {
    const rows = new FrameCounter(layout).countsOf(frame(10_000, []));
    expect(rows.map(({ analysed, withFaces, faces }) => [analysed, withFaces, faces])).toEqual(
      Array(4).fill([1, 0, 0]),
    );
  });

  it("says how often a camera's frame was counted again for another of its visitors' roles", () => {
    const zones = [
      { id: 'shelf', role: 'display' },
      { id: 'till', role: 'seller' },
    ] as const;
    const counter = new FrameCounter({ id: 'cam', role: 'customer', zones });
    const repeated = { ...row, role: 'customer', zoneId: '*', faces: 0 };
    const both = [face(), face({ role: 'display', zoneId: 'shelf' }), face({ role: 'seller', zoneId: 'till' })];
    expect(counter.countsOf(frame(10_000, both)).at(-1)).toEqual({ ...repeated, withFaces: 1 });
    expect(counter.countsOf(frame(10_200, both.slice(0, 1))).at(-1)).toEqual({ ...repeated, withFaces: 0 });
    expect(counter.countsOf(frame(10_400, [])).at(-1)).toEqual({ ...repeated, withFaces: 0 });
  });

  it('counts faces that do not live, and frames that come too late to follow people by', () => {
    const counter = new FrameCounter(layout);
    const poster = face({ rejected: 'still' });
    const rows = [10_000, 10_500, 12_000].map((ts) => counter.countsOf(frame(ts, [poster, face()]))[0]);
    expect(rows.map((counts) => [counts?.faces, counts?.still, counts?.late])).toEqual([
      [1, 1, 0],
      [1, 1, 0],
      [1, 1, 1],
    ]);
  });
});
