import { describe, expect, it } from 'vitest';
import { HeldFrames } from '../../../../src/metrics/faces/held-frames.js';
import { face, frame } from '../faces.js';

const unsure = (trackId: string) => face({ trackId, unsure: true });
const rejections = (frames: readonly { readonly faces: readonly { readonly rejected: unknown }[] }[]) =>
  frames.map(({ faces }) => faces.map(({ rejected }) => rejected));

describe('frames that wait for a verdict', () => {
  it('pass at once where every face is known', () => {
    const held = new HeldFrames();
    expect(held.add(frame(0, []))).toHaveLength(1);
    expect(held.add(frame(200, [face()]))).toHaveLength(1);
  });

  it('leave together, in order, without the face that turned out not to live', () => {
    const held = new HeldFrames();
    expect(held.add(frame(0, [unsure('poster')]))).toEqual([]);
    expect(held.add(frame(200, [unsure('poster'), face({ trackId: 'person' })]))).toEqual([]);
    expect(held.waiting).toHaveLength(2);
    const left = held.add(frame(400, [face({ trackId: 'poster', rejected: 'still' })]));
    expect(left.map(({ ts }) => ts)).toEqual([0, 200, 400]);
    expect(rejections(left)).toEqual([['still'], ['still', null], ['still']]);
  });

  it('count whoever lives, leaves before the verdict, or is not judged for long', () => {
    const held = new HeldFrames();
    held.add(frame(0, [unsure('a')]));
    expect(rejections(held.add(frame(200, [face({ trackId: 'a' })])))).toEqual([[null], [null]]);
    held.add(frame(400, [unsure('b')]));
    expect(rejections(held.add(frame(2000, [], 'cam', ['b'])))).toEqual([[null], []]);
    held.add(frame(3000, [unsure('c')]));
    expect(held.add(frame(9000, [unsure('c')]))).toHaveLength(0);
    expect(rejections(held.add(frame(10_100, [unsure('c')])))).toEqual([[null]]);
    expect(held.flush()).toHaveLength(2);
    expect(held.waiting).toEqual([]);
  });

  it('show a picture as such from its verdict on, also while they wait for somebody else', () => {
    const held = new HeldFrames();
    held.add(frame(0, [unsure('poster'), unsure('sitter')]));
    held.add(frame(200, [unsure('sitter')]));
    const untouched = held.waiting[1];
    expect(held.add(frame(400, [face({ trackId: 'poster', rejected: 'still' }), unsure('sitter')]))).toEqual([]);
    expect(rejections(held.waiting)).toEqual([['still', null], [null], ['still', null]]);
    expect(held.waiting[1]).toBe(untouched);
    expect(rejections(held.add(frame(600, [face({ trackId: 'sitter' })])))).toEqual([
      ['still', null],
      [null],
      ['still', null],
      [null],
    ]);
  });

  it('do not wait for a face that the gate rejects anyway, nor after a clock set back', () => {
    const held = new HeldFrames();
    expect(held.add(frame(0, [face({ unsure: true, rejected: 'size' })]))).toHaveLength(1);
    held.add(frame(3_600_000, [unsure('a')]));
    expect(held.add(frame(0, [unsure('b')])).map(({ ts }) => ts)).toEqual([3_600_000]);
  });
});
