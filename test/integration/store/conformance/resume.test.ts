import { expect, it } from 'vitest';
import type { FrameCount } from '../../../../src/contracts/sample.js';
import { HELD_SMILE } from '../../../../src/contracts/window.js';
import type { Store } from '../../../../src/store/ports/store.js';
import { printedSeed } from '../../../fixtures/seeded.js';
import { seeded } from '../../../fixtures/store-rows.js';
import { DAY } from '../stores.js';
import { onEveryEngine } from './engines.js';

onEveryEngine((stores) => {
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
});
