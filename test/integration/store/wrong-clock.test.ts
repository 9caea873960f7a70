import { afterEach, expect, it, vi } from 'vitest';
import { sample } from '../../fixtures/store-rows.js';
import { waitUntil } from '../../fixtures/wait-until.js';
import { DAY, Stores } from './stores.js';

const stores = new Stores();
afterEach(async () => {
  vi.useRealTimers();
  await stores.closeAll();
});

const HOUR = 3_600_000;

it('a clock that is set forward by a year expires nothing for a day, so that it can be set right', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  let wallMs = DAY + HOUR;
  let monotonicMs = 0;
  const pass = (ms: number): void => {
    wallMs += ms;
    monotonicMs += ms;
  };
  const clock = { now: () => wallMs, monotonic: () => monotonicMs };
  const { store } = await stores.file({ retention: { samples: '30d', rollups: '5y' } }, clock);
  store.append({ samples: [sample({ ts: DAY })] });
  await store.flush();
  const kept = async (): Promise<number> => (await store.samples({ fromTs: 0, toTs: 1e15, limit: 10 })).length;
  /** One round of upkeep as the timer brings it; every round looks at the file at its end. */
  const round = async (): Promise<void> => {
    store.append({ samples: [sample({ ts: wallMs, trackId: `t${wallMs}` })] });
    await store.flush();
    const before = store.health().stored.samples;
    vi.advanceTimersByTime(60_000);
    await waitUntil('the round', () => store.health().stored.samples !== before);
  };
  await round();
  wallMs += 365 * 24 * HOUR;
  await round();
  pass(2 * HOUR);
  await round();
  expect(await kept()).toBe(4);
  // Nobody set it right for a day: then it is taken for right.
  pass(25 * HOUR);
  store.append({ samples: [sample({ ts: wallMs, trackId: 'last' })] });
  await store.flush();
  vi.advanceTimersByTime(60_000);
  await waitUntil('expiry', () => store.health().rawFromTs !== null);
  expect(await kept()).toBe(3);
});
