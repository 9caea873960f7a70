import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CountSums } from '../../../../src/contracts/figures/count-sums.js';
import { COUNTERS, DIRECTIONS, observation, type CountObservation } from '../../../../src/contracts/observation.js';
import { count, oneOfEach, uuidAt } from '../../../fixtures/observations.js';
import { seeded } from '../../../fixtures/seeded.js';
import { DAY, TestClock } from '../stores.js';
import { onEveryEngine } from './engines.js';

const HOUR = 3_600_000;
const DAY_MS = 24 * HOUR;
const PERIOD = { fromTs: DAY, toTs: DAY + DAY_MS };
const HOURS = Array.from({ length: 24 }, (_, hour) => DAY + hour * HOUR);

/** The definition: of each id the highest revision, whatever the order they came in; summed by its own time. */
const expectedCounts = (facts: readonly CountObservation[]): CountSums[] => {
  const newest = new Map<string, CountObservation>();
  for (const fact of facts) if ((newest.get(fact.id)?.rev ?? -1) < fact.rev) newest.set(fact.id, fact);
  const sums = new Map<string, CountSums>();
  for (const { ts, placeId, counter, employeeId = null, direction = null, n } of newest.values()) {
    if (ts < PERIOD.fromTs || ts >= PERIOD.toTs) continue;
    const hour = Math.floor(ts / HOUR) * HOUR;
    const key = JSON.stringify([hour, placeId, counter, employeeId ?? '', direction ?? '']);
    const known = sums.get(key) ?? { ts: hour, placeId, counter, employeeId, direction, n: 0, facts: 0 };
    sums.set(key, { ...known, n: known.n + n, facts: known.facts + 1 });
  }
  return [...sums.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
};

const anyFact = fc
  .record({
    number: fc.integer({ min: 0, max: 12 }),
    rev: fc.integer({ min: 0, max: 2 }),
    at: fc.integer({ min: -HOUR, max: DAY_MS + HOUR }),
    placeId: fc.constantFrom('till', 'hall', 'вход'),
    counter: fc.constantFrom(...COUNTERS),
    employeeId: fc.option(fc.constantFrom('anna', 'boris'), { nil: undefined }),
    direction: fc.option(fc.constantFrom(...DIRECTIONS), { nil: undefined }),
    n: fc.integer({ min: -2, max: 20 }),
  })
  .map(({ number, at, employeeId, direction, ...fields }) => {
    const fact = count({ ...fields, ts: DAY + at, id: uuidAt(DAY, number) });
    return {
      ...fact,
      ...(employeeId === undefined ? {} : { employeeId }),
      ...(direction === undefined ? {} : { direction }),
    };
  });

onEveryEngine((stores) => {
  describe('facts that no camera made', () => {
    it('come back as they were told, of every kind, in order of time', async () => {
      const store = await stores.memory();
      const facts = oneOfEach(DAY);
      for (const fact of facts) expect(observation.parse(fact)).toEqual(fact);
      store.append({ observations: facts.toReversed() });
      await store.flush();
      expect(await store.observations({ ...PERIOD, limit: 100 })).toEqual(facts);
      const presses = await store.observations({ ...PERIOD, kinds: ['press'], limit: 1 });
      expect(presses).toEqual(facts.slice(0, 1));
      expect(await store.observations({ ...PERIOD, places: ['nowhere'], limit: 100 })).toEqual([]);
      await store.maintain();
      expect(store.health().stored.observations).toBe(facts.length);
    });

    it('are one fact however often they come: in a batch, in a commit, later, and after opening again', async () => {
      const { store, config } = await stores.file();
      const facts = [count({ ts: DAY, n: 3 }), ...oneOfEach(DAY + 1000)];
      store.append({ observations: [...facts, ...facts] });
      store.append({ observations: facts });
      await store.flush();
      store.append({ observations: facts });
      // The same id and revision is the same fact, even if it is told otherwise the second time.
      store.append({ observations: [count({ ts: DAY, n: 100 })] });
      await store.flush();
      const before = await store.observations({ ...PERIOD, limit: 100 });
      expect(before).toHaveLength(facts.length);
      await store.close();
      const again = await stores.open(config);
      again.append({ observations: facts });
      await again.flush();
      expect(await again.observations({ ...PERIOD, limit: 100 })).toEqual(before);
      const [sums] = await again.counts({ ...PERIOD, counters: ['consultation'], bucketStarts: [DAY] });
      expect(sums).toMatchObject({ n: 3, facts: 1 });
    });

    it('are found again by their ids, every revision of them and nothing else, whatever the case of an id', async () => {
      const store = await stores.memory();
      const told = [0, 2, 1].map((rev) => count({ ts: DAY, id: uuidAt(DAY, 10), rev, n: rev }));
      const other = count({ ts: DAY, id: uuidAt(DAY, 11) });
      store.append({ observations: [...told, other, count({ ts: DAY, id: uuidAt(DAY, 12) })] });
      await store.flush();
      const byRev = (await store.revisions([uuidAt(DAY, 10).toUpperCase(), uuidAt(DAY, 99)])).toSorted(
        (a, b) => a.rev - b.rev,
      );
      expect(byRev).toEqual(told.toSorted((a, b) => a.rev - b.rev));
      expect(await store.revisions([other.id])).toEqual([other]);
      expect(await store.revisions([])).toEqual([]);
      await expect(store.revisions(["' OR true --"])).rejects.toThrow();
    });

    it('that come days late count in the hour they happened in, once', async () => {
      const store = await stores.memory({}, new TestClock(DAY + 5 * DAY_MS));
      const ask = () => store.counts({ ...PERIOD, bucketStarts: HOURS });
      store.append({ observations: [count({ ts: DAY + 9 * HOUR, n: 2 })] });
      await store.maintain();
      const late = { ts: DAY + 9 * HOUR + 60_000, id: uuidAt(DAY + 9 * HOUR, 7), receivedTs: DAY + 4 * DAY_MS, n: 5 };
      store.append({ observations: [count(late)] });
      await store.maintain();
      store.append({ observations: [count(late)] });
      await store.maintain();
      expect(await ask()).toEqual([
        {
          ts: DAY + 9 * HOUR,
          placeId: 'till',
          counter: 'consultation',
          employeeId: null,
          direction: null,
          n: 7,
          facts: 2,
        },
      ]);
    });

    it('expire with the sums made of samples, not before', async () => {
      const clock = new TestClock(DAY + HOUR);
      const { store } = await stores.file({ retention: { samples: '30d', rollups: '1y' } }, clock);
      store.append({ observations: [count({ ts: DAY })] });
      await store.maintain();
      clock.move(364 * DAY_MS);
      await store.maintain();
      expect(store.health().stored.observations).toBe(1);
      clock.move(2 * DAY_MS);
      expect(await store.maintain()).toMatchObject({ expiredSamples: 0, expiredRollups: 1 });
      expect(store.health().stored.observations).toBe(0);
      expect(await store.counts({ ...PERIOD, bucketStarts: HOURS })).toEqual([]);
    });

    it('count by the highest revision and by hour, place, counter, employee and direction, in whatever order they come', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(fc.array(anyFact, { maxLength: 8 }), { maxLength: 6 }), async (batches) => {
          const store = await stores.memory();
          for (const observations of batches) {
            store.append({ observations });
            await store.flush();
          }
          // What comes first under an id and revision stands.
          const first = new Map<string, CountObservation>();
          for (const fact of batches.flat()) {
            const key = `${fact.id} ${fact.rev}`;
            if (!first.has(key)) first.set(key, fact);
          }
          const wanted = expectedCounts([...first.values()]);
          expect(await store.counts({ ...PERIOD, bucketStarts: HOURS })).toEqual(wanted);
          const [here] = await store.counts({
            ...PERIOD,
            places: ['till'],
            counters: ['receipt'],
            bucketStarts: [DAY],
          });
          const own = wanted.filter(({ placeId, counter }) => placeId === 'till' && counter === 'receipt');
          const byNobody = own.filter(
            ({ employeeId, direction }) =>
              employeeId === (here?.employeeId ?? null) && direction === (here?.direction ?? null),
          );
          expect(here?.n ?? 0).toBe(byNobody.reduce((sum, { n }) => sum + n, 0));
          await stores.closeStores();
        }),
        seeded('observations', 25),
      );
    });

    it.each([[[]], [[DAY + 1]], [[DAY, DAY]], [[DAY + 0.5 - 1]]])('buckets %j are refused', async (bucketStarts) => {
      const store = await stores.memory();
      await expect(store.counts({ ...PERIOD, bucketStarts })).rejects.toMatchObject({ code: 'PERIOD_INVALID' });
    });

    it('with an id that is none are given up and counted, and hold up nothing', async () => {
      const store = await stores.memory();
      store.append({ observations: [count({ ts: DAY, id: "x'); DROP TABLE observations; --" })] });
      store.append({ observations: [count({ ts: DAY })] });
      await store.flush();
      expect(await store.observations({ ...PERIOD, limit: 10 })).toEqual([count({ ts: DAY })]);
      expect(store.health()).toMatchObject({ state: 'ok', lost: { observations: 1 } });
    });
  });
});
