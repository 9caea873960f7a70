import { describe, expect, test } from 'vitest';
import type { Frame } from '../../../../src/contracts/frame.js';
import { Scheduler, type WaitingFrame } from '../../../../src/inference/engine/scheduler.js';

const frame = (streamId: string, seq: number): Frame => ({
  streamId,
  seq,
  ts: seq,
  arrivedMs: 0,
  width: 1,
  height: 1,
  data: new Uint8Array(3),
});

/** A scheduler whose work the test finishes by hand. */
const rig = (limit: number) => {
  const begun: string[] = [];
  const drops: string[] = [];
  const finishers: (() => void)[] = [];
  const openers: (() => void)[] = [];
  const scheduler = new Scheduler(
    limit,
    ({ frame: { streamId, seq } }: WaitingFrame, letNextIn) => {
      begun.push(`${streamId}${seq}`);
      openers.push(letNextIn);
      return new Promise<void>((resolve) => finishers.push(resolve));
    },
    ({ streamId, seq }, reason) => drops.push(`${streamId}${seq} ${reason}`),
  );
  const finishOne = async (): Promise<void> => {
    finishers.shift()?.();
    await Promise.resolve();
    await Promise.resolve();
    await Promise.resolve();
  };
  return { scheduler, begun, drops, openers, finishOne };
};

describe('Scheduler', () => {
  test('streams are served in turn, one frame of each at a time, the newest of those that wait', async () => {
    const { scheduler, begun, drops, finishOne } = rig(1);
    for (const id of ['a', 'b', 'c']) scheduler.open(id);
    for (let seq = 0; seq < 4; seq += 1) for (const id of ['a', 'b', 'c']) scheduler.offer(frame(id, seq));
    for (let i = 0; i < 4; i += 1) await finishOne();
    expect(begun).toEqual(['a0', 'b3', 'c3', 'a3']);
    expect(drops.sort()).toEqual(['a1', 'a2', 'b0', 'b1', 'b2', 'c0', 'c1', 'c2'].map((name) => `${name} superseded`));
  });

  test('a busy stream does not keep the others waiting', async () => {
    const { scheduler, begun, finishOne } = rig(2);
    scheduler.open('a');
    scheduler.open('b');
    scheduler.offer(frame('a', 0));
    scheduler.offer(frame('a', 1));
    scheduler.offer(frame('b', 0));
    expect(begun).toEqual(['a0', 'b0']);
    await finishOne();
    expect(begun).toEqual(['a0', 'b0', 'a1']);
  });

  test('24 streams that want four times what there is time for get equal shares, and nothing piles up', async () => {
    const { scheduler, begun, drops, finishOne } = rig(4);
    const ids = Array.from({ length: 24 }, (_, index) => String.fromCharCode(97 + index));
    for (const id of ids) scheduler.open(id);
    // In each step every stream brings a frame, and a quarter of them can be worked on; some bring twice as many.
    for (let step = 0; step < 80; step += 1) {
      for (const id of ids) scheduler.offer(frame(id, 2 * step));
      for (const id of ids.slice(0, 8)) scheduler.offer(frame(id, 2 * step + 1));
      for (let done = 0; done < 6; done += 1) await finishOne();
      expect(scheduler.load.working).toBeLessThanOrEqual(scheduler.limit);
      expect(scheduler.load.waiting).toBeLessThanOrEqual(24);
    }
    const shares = ids.map((id) => begun.filter((entry) => entry.startsWith(id)).length);
    expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
    expect(Math.min(...shares)).toBeGreaterThanOrEqual(19);
    expect(begun.length + drops.length + scheduler.load.waiting).toBe(80 * (24 + 8));
  });

  test('offline frames are all kept, in order; closing gives them back and drops the live one', async () => {
    const { scheduler, begun, drops, finishOne } = rig(1);
    scheduler.open('a');
    for (let seq = 0; seq < 5; seq += 1) expect(scheduler.append({ frame: frame('a', seq) })).toBe(true);
    await finishOne();
    await finishOne();
    scheduler.offer(frame('a', 9));
    expect(begun).toEqual(['a0', 'a1', 'a2']);
    expect(scheduler.remove('a').map((waiting) => waiting.frame.seq)).toEqual([3, 4]);
    expect(drops).toEqual(['a9 stopping']);
    expect(scheduler.append({ frame: frame('a', 10) })).toBe(false);
    scheduler.offer(frame('a', 11));
    expect(drops.at(-1)).toBe('a11 stopping');
  });

  test('of a recording the next frame begins once the one before lets it in, and never a third', async () => {
    const { scheduler, begun, openers, finishOne } = rig(4);
    scheduler.open('a');
    for (let seq = 0; seq < 5; seq += 1) scheduler.append({ frame: frame('a', seq) });
    expect(begun).toEqual(['a0']);
    openers[0]?.();
    expect(begun).toEqual(['a0', 'a1']);
    // Said twice, it lets nobody else in; and a third waits for the first to end.
    openers[0]?.();
    openers[1]?.();
    expect(begun).toEqual(['a0', 'a1']);
    await finishOne();
    expect(begun).toEqual(['a0', 'a1', 'a2']);
    await finishOne();
    expect(begun).toEqual(['a0', 'a1', 'a2']);
    openers[2]?.();
    expect(begun.at(-1)).toBe('a3');
  });

  test('a live frame waits until the one before is done', async () => {
    const { scheduler, begun, openers, finishOne } = rig(4);
    scheduler.open('a');
    scheduler.offer(frame('a', 0));
    scheduler.offer(frame('a', 1));
    openers[0]?.();
    expect(begun).toEqual(['a0']);
    await finishOne();
    expect(begun).toEqual(['a0', 'a1']);
  });
});
