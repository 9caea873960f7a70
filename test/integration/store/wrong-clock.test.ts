import { afterEach, describe, expect, it, vi } from 'vitest';
import { CellMaker } from '../../../src/pipeline/cells/cell-maker.js';
import { EARLIEST_TS, type Clock } from '../../../src/runtime/clock.js';
import { DAY_MS } from '../../../src/time/units.js';
import { LocalTime } from '../../../src/time/local-time.js';
import type { Store } from '../../../src/store/ports/store.js';
import { crowd, sample } from '../../fixtures/store-rows.js';
import { waitUntil } from '../../fixtures/wait-until.js';
import { DAY, Stores } from './stores.js';

const stores = new Stores();
afterEach(async () => {
  vi.useRealTimers();
  await stores.closeAll();
});

const HOUR = 3_600_000;
const YEAR = 365 * DAY_MS;

/** A wall clock that can be set, and a monotonic one beside it. */
class SetClock implements Clock {
  private monotonicMs = 0;

  constructor(private wallMs = DAY + HOUR) {}

  now(): number {
    return this.wallMs;
  }

  monotonic(): number {
    return this.monotonicMs;
  }

  set(ts: number): void {
    this.wallMs = ts;
  }

  pass(ms: number): void {
    this.wallMs += ms;
    this.monotonicMs += ms;
  }
}

const countOf = async (store: Store): Promise<number> =>
  (await store.samples({ fromTs: 0, toTs: 1e15, limit: 1000 })).length;

/** One round of upkeep as the timer brings it, over a row of this moment; every round looks at the file at its end. */
const round = async (store: Store, clock: Clock): Promise<void> => {
  store.append({ samples: [sample({ ts: clock.now(), trackId: `t${clock.now()}` })] });
  await store.flush();
  const before = store.health().stored;
  vi.advanceTimersByTime(60_000);
  await waitUntil('the round', () => store.health().stored !== before);
};

describe('a clock that is set forward while the service runs', () => {
  it('expires nothing for a day, so that it can be set right', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const clock = new SetClock();
    const { store } = await stores.file({ retention: { samples: '5d', rollups: '5y' } }, clock);
    store.append({ samples: [sample({ ts: DAY })] });
    await round(store, clock);
    clock.set(DAY + 10 * DAY_MS);
    await round(store, clock);
    clock.pass(2 * HOUR);
    await round(store, clock);
    expect(await countOf(store)).toBe(4);
    // Nobody set it right for a day: then it is taken for right.
    clock.pass(25 * HOUR);
    await round(store, clock);
    expect(await countOf(store)).toBe(3);
  });
});

describe('a service that starts under a wrong clock', () => {
  const retention = { samples: '30d', rollups: '5y' } as const;

  /** A store with an hour on each of twenty days, opened as by a service that was started at `ts`. */
  const startedAt = async (ts: number) => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const { store: first, config } = await stores.file({ retention }, new SetClock(DAY + 19 * DAY_MS + HOUR));
    first.append({
      samples: Array.from({ length: 20 }, (_, day) => sample({ ts: DAY + day * DAY_MS, trackId: `d${day}` })),
    });
    await first.flush();
    await stores.closeStores();
    const clock = new SetClock(ts);
    const again = async (): Promise<Store> => {
      await stores.closeStores();
      return stores.open(config, clock);
    };
    return { clock, again, store: await again() };
  };

  it('ten years ahead lets nothing expire, through restarts, until it was right for two weeks of running', async () => {
    const { clock, again, store } = await startedAt(DAY + 10 * YEAR);
    const last = DAY + 19 * DAY_MS;
    expect(store.health().clockDoubt).toMatchObject({ kind: 'ahead', rowTs: last });
    await round(store, clock);
    expect(await countOf(store)).toBe(21);
    for (let day = 1; day < 13; day += 1) {
      clock.pass(DAY_MS);
      const next = await again();
      await round(next, clock);
      expect(await countOf(next)).toBe(21 + day);
      expect(next.health().clockDoubt).toMatchObject({ kind: 'ahead', rowTs: last });
    }
    clock.pass(DAY_MS);
    const proved = await again();
    await round(proved, clock);
    expect(proved.health().clockDoubt).toBeNull();
    expect(await countOf(proved)).toBe(14);
  });

  it('ahead and then set right keeps every row of before, and lets go those of the future when it is proved', async () => {
    const { clock, again, store } = await startedAt(DAY + 10 * YEAR);
    await round(store, clock);
    clock.set(DAY + 20 * DAY_MS);
    const right = await again();
    await round(right, clock);
    clock.pass(HOUR);
    await round(right, clock);
    expect(right.health().clockDoubt).toBeNull();
    expect(await countOf(right)).toBe(23);
    clock.pass(24 * HOUR);
    await round(right, clock);
    expect(await countOf(right)).toBe(23);
    expect((await right.samples({ fromTs: DAY, toTs: DAY + YEAR, limit: 100 })).length).toBe(23);
  });

  it('behind every row keeps them all, and says so', async () => {
    const { clock, store } = await startedAt(Date.UTC(1970, 0, 1, 0, 5));
    expect(store.health().clockDoubt).toMatchObject({ kind: 'behind', rowTs: DAY + 19 * DAY_MS });
    await round(store, clock);
    clock.pass(2 * HOUR);
    await round(store, clock);
    expect(await countOf(store)).toBe(22);
  });
});

describe('cells of released time', () => {
  const localTime = new LocalTime('Europe/Moscow');
  const privacy = (): { kAnonymity: number; minorsAge: number } => ({ kAnonymity: 5, minorsAge: 18 });

  it.each([
    ['years ahead', DAY + 10 * YEAR],
    ['never set', Date.UTC(1970, 0, 1, 3)],
  ])('are made by no clock that is %s: what comes later would be withheld', async (_name, wrongTs) => {
    const { store: first, config } = await stores.file({}, new SetClock(DAY + HOUR));
    if (wrongTs > DAY) first.append(crowd({ seed: 1, fromTs: DAY, minutes: 60 }));
    await first.flush();
    await stores.closeStores();

    const clock = new SetClock(wrongTs);
    const store = await stores.open(config, clock);
    store.append(crowd({ seed: 2, fromTs: wrongTs, minutes: 60 }));
    await store.flush();
    clock.pass(2 * HOUR);
    const made = (): Promise<number> => new CellMaker({ store, localTime, clock, privacy }).run();
    expect(await made()).toBe(0);

    clock.set(DAY + 3 * HOUR);
    store.append(crowd({ seed: 3, fromTs: DAY + HOUR, minutes: 60 }));
    await store.flush();
    expect(await made()).toBeGreaterThan(0);
    expect(await store.cellEnds().then((ends) => Math.max(...ends.map(({ toTs }) => toTs)))).toBeLessThan(clock.now());
    const counted = await store.tracks({ fromTs: DAY + HOUR, toTs: DAY + 2 * HOUR, limit: 1000 });
    expect(counted.length).toBeGreaterThan(0);
  });

  it('leave out whatever was recorded by a clock that was never set, however much it is', async () => {
    const store = await stores.memory();
    store.append(crowd({ seed: 4, fromTs: Date.UTC(1970, 0, 1, 3), minutes: 60 }));
    store.append(crowd({ seed: 5, fromTs: DAY, minutes: 60 }));
    await store.flush();
    const [first] = await store.arrivals({ adultAge: 18, sinceTs: EARLIEST_TS, limit: 1 });
    expect(first?.minuteTs).toBeGreaterThanOrEqual(DAY);
  });
});
