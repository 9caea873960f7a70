import { afterEach, expect, it } from 'vitest';
import type { FrameCount } from '../../../src/contracts/sample.js';
import { HELD_SMILE } from '../../../src/contracts/window.js';
import type { StoreBatch } from '../../../src/store/ports/row-sink.js';
import type { Store } from '../../../src/store/ports/store.js';
import { WriteBuffer } from '../../../src/store/write-buffer.js';
import { printedSeed } from '../../fixtures/seeded.js';
import { seeded } from '../../fixtures/store-rows.js';
import { DAY, Stores } from './stores.js';

const stores = new Stores();
afterEach(() => stores.closeAll());

const frames = (analysed: number): FrameCount[] => [
  { ts: DAY, streamId: 'a', role: 'customer', zoneId: null, analysed, withFaces: 0, faces: 0 },
];

const pastFrames = async (store: Store): Promise<number> => {
  const day = { fromTs: DAY, toTs: DAY + 86_400_000 };
  const query = { streams: ['a'], day, recent: { fromTs: DAY, toTs: DAY + 900_000 }, threshold: 20 };
  const [row] = await store.past({ ...query, heldSmile: HELD_SMILE });
  const bySecond = row?.seconds.reduce((sum, { sums }) => sum + sums.frames, 0);
  expect(row?.day.frames).toBe(bySecond);
  return row?.day.frames ?? 0;
};

it('the past is what had been appended when it was asked for, whatever is appended, committed and rolled up meanwhile', async () => {
  const random = seeded(printedSeed('border'));
  const { store } = await stores.file();
  const asked: Promise<readonly [expected: number, found: number]>[] = [];
  let appended = 0;
  for (let step = 0; step < 300; step += 1) {
    const kind = random();
    if (kind < 0.7) {
      const analysed = 1 + Math.floor(random() * 1000);
      appended += analysed;
      store.append({ frames: frames(analysed) });
    } else if (kind < 0.8) {
      const expected = appended;
      asked.push(pastFrames(store).then((found) => [expected, found] as const));
    } else if (kind < 0.9) await store.flush();
    else if (kind < 0.95) await store.maintain();
    else await Promise.all(asked);
  }
  for (const [expected, found] of await Promise.all(asked)) expect(found).toBe(expected);
  expect(asked.length).toBeGreaterThan(10);
});

it('a store that is closed answers what was asked and refuses what waits; nothing hangs', async () => {
  const { store } = await stores.file();
  store.append({ frames: frames(7) });
  const asked = Array.from({ length: 5 }, () => pastFrames(store).catch((error: unknown) => error));
  await store.close();
  for (const answer of await Promise.all(asked)) {
    if (answer instanceof Error) expect(answer).toMatchObject({ code: 'STORE_CLOSED' });
    else expect(answer).toBe(7);
  }
});

it('no portion holds rows of both sides of a border, whatever the disk refuses and the buffer gives up', () => {
  const random = seeded(printedSeed('write buffer'));
  for (let round = 0; round < 200; round += 1) {
    const buffer = new WriteBuffer(40);
    const sideOf = new Map<StoreBatch, number>();
    let side = 0;
    for (let step = 0; step < 100; step += 1) {
      const kind = random();
      if (kind < 0.5) {
        const batch = { frames: Array.from({ length: Math.ceil(random() * 8) }, () => frames(1)).flat() };
        sideOf.set(batch, side);
        buffer.push(batch);
      } else if (kind < 0.7) side = buffer.drawBorder();
      else {
        const { batches } = buffer.take(12);
        expect(new Set(batches.map((batch) => sideOf.get(batch))).size).toBeLessThan(2);
        const refused = random() < 0.4;
        if (refused) buffer.putBack();
        else buffer.committed();
        const [first] = batches;
        const own = first === undefined ? undefined : sideOf.get(first);
        // What was put back stands before its border still, unless it was given up for want of room.
        if (own !== undefined && refused && own < side && buffer.reached(own + 1))
          expect(buffer.lost.frames).toBeGreaterThan(0);
      }
    }
    while (!buffer.empty) {
      const { batches } = buffer.take(12);
      expect(new Set(batches.map((batch) => sideOf.get(batch) ?? -1)).size).toBe(1);
      buffer.committed();
    }
    expect(buffer.reached(side)).toBe(true);
  }
});
