import { describe, expect, it } from 'vitest';
import type { Me1Params } from '../../../../src/contracts/me1.js';
import { REPEATED_FRAMES, type FrameCount, type Sample } from '../../../../src/contracts/sample.js';
import { hasSmiled } from '../../../../src/metrics/faces/smile-index.js';
import type { Role } from '../../../../src/contracts/role.js';
import type { Store } from '../../../../src/store/ports/store.js';
import { crowd, sample, seeded, summaryOf } from '../../../fixtures/store-rows.js';
import { DAY } from '../stores.js';
import { onEveryEngine } from './engines.js';

onEveryEngine((stores) => {
  const MINUTE = 60_000;
  const params = (fields: Partial<Me1Params> = {}): Me1Params => ({
    fromTs: DAY,
    toTs: DAY + 5 * MINUTE,
    threshold: 20,
    smileIndex: 'person',
    ...fields,
  });

  /** Visitors and those who smiled per row, as the store answers. */
  const personsOf = async (store: Store, fields: Partial<Me1Params> = {}) =>
    (await store.me1(params(fields))).aggregates
      .map(({ role, streamId, clusters }) => [role, streamId, clusters.ratios.person.x, clusters.ratios.person.y])
      .filter(([, , visitors]) => visitors !== 0);

  /** The definition, visit by visit. */
  const expected = (samples: readonly Sample[], { threshold, minFacePx = 0, fromTs, toTs }: Me1Params) => {
    const visits = new Map<string, Sample[]>();
    for (const one of samples.filter(({ sizePx }) => sizePx >= minFacePx)) {
      const key = `${one.role} ${one.streamId} ${one.trackId}`;
      visits.set(key, [...(visits.get(key) ?? []), one]);
    }
    const rows = new Map<string, [string, string, number, number]>();
    for (const own of visits.values()) {
      const [first] = own;
      const startTs = Math.min(...own.map(({ ts }) => ts));
      if (first === undefined || startTs < Math.ceil(fromTs / 1000) * 1000 || startTs >= Math.ceil(toTs / 1000) * 1000)
        continue;
      const key = `${first.role} ${first.streamId}`;
      const row = rows.get(key) ?? [first.role, first.streamId, 0, 0];
      const smiles = own.filter(({ emotions }) => emotions.happiness >= threshold).length;
      rows.set(key, [row[0], row[1], row[2] + 1, row[3] + Number(hasSmiled(smiles, own.length))]);
    }
    return [...rows.entries()].sort(([a], [b]) => a.localeCompare(b)).map(([, row]) => row);
  };

  describe('the reading person', () => {
    const rows = crowd({ seed: 77, fromTs: DAY, minutes: 5 });

    it.each([
      ['a whole T', {}],
      ['another T', { threshold: 57 }],
      ['a fraction of T', { threshold: 33.3 }],
      ['a size of faces', { minFacePx: 60 }],
      ['a period that begins within a second', { fromTs: DAY + 90_700, toTs: DAY + 200_300 }],
    ] as const)('is the definition for %s, before and after the roll-up', async (_, fields) => {
      const store = await stores.memory();
      store.append(rows);
      await store.flush();
      const wanted = expected(rows.samples, params(fields));
      expect(wanted.length).toBeGreaterThan(0);
      expect(await personsOf(store, fields)).toEqual(wanted);
      await store.maintain();
      expect(await personsOf(store, fields)).toEqual(wanted);
    });

    it('outlives the samples, by every whole T, and for part of a minute', async () => {
      const { store } = await stores.file({ retention: { samples: '1s' } });
      store.append(rows);
      await store.maintain();
      expect(store.health().stored.samples).toBe(0);
      for (const threshold of [0, 20, 57, 100])
        expect(await personsOf(store, { threshold })).toEqual(expected(rows.samples, params({ threshold })));
      expect(await personsOf(store, { minFacePx: 60 })).toEqual([]);
      const { coverage } = await store.me1(params({ minFacePx: 60 }));
      expect(coverage.missing).toEqual({ fromTs: DAY, toTs: DAY + 5 * MINUTE });
    });

    it.each([true, false])('leaves out who stays for half an hour, as visits are (summed up: %s)', async (summedUp) => {
      const store = await stores.memory();
      const stay = (trackId: string, role: Role, minutes: number) =>
        Array.from({ length: minutes + 1 }, (_, n) =>
          sample({ ts: DAY + n * MINUTE, trackId, role, streamId: role, happiness: 5 }),
        );
      const visits = [
        stay('guard', 'entrance', 30),
        stay('visitor', 'entrance', 29),
        stay('seller', 'seller', 40),
        [sample({ ts: DAY, trackId: 'passer', role: 'entrance', streamId: 'entrance', happiness: 50 })],
      ];
      const frames = (['entrance', 'seller'] as const).map((role) => ({
        ...{ ts: DAY, streamId: role, role, zoneId: null },
        ...{ analysed: 1, withFaces: 1, faces: 1 },
      }));
      store.append({ samples: visits.flat(), frames, tracks: summedUp ? visits.map(summaryOf) : [] });
      await store.flush();
      const wanted = [
        ['entrance', 'entrance', 2, 1],
        ['seller', 'seller', 1, 0],
      ];
      expect(await personsOf(store)).toEqual(wanted);
      expect(await personsOf(store, { minFacePx: 10 })).toEqual(wanted);
      const { rows: buckets } = await store.series({ ...params(), bucketStarts: [DAY] });
      expect(buckets.map(({ role, visitors }) => [role, visitors])).toEqual([
        ['entrance', 2],
        ['seller', 1],
      ]);
      const arrived = await store.arrivals({ adultAge: 18, sinceTs: 0, limit: 100 });
      const count = arrived.filter(({ role }) => role === 'entrance').reduce((sum, { visitors }) => sum + visitors, 0);
      expect(count).toBe(summedUp ? 2 : 0);
    });

    it('knows the visits that are still going on, and counts each in one period alone', async () => {
      const store = await stores.memory();
      store.append({ samples: rows.samples, frames: rows.frames });
      await store.flush();
      expect(await personsOf(store)).toEqual(expected(rows.samples, params()));
      const edges = [0, 61_500, 130_200, 299_999].map((at) => DAY + at);
      const parts = await Promise.all(
        edges.map((fromTs, n) => personsOf(store, { fromTs, toTs: edges[n + 1] ?? DAY + 5 * MINUTE })),
      );
      const sum = (of: readonly (readonly (string | number)[])[]): number =>
        of.reduce((total, row) => total + Number(row[2]), 0);
      expect(sum(parts.flat())).toBe(sum(await personsOf(store)));
    });

    it('counts a visitor in the zone where most of the visit was seen', async () => {
      const store = await stores.memory();
      const at = (trackId: string, n: number, zoneId: string | null) =>
        sample({ ts: DAY + n * 1000, trackId, zoneId, happiness: 50 });
      const moved = [at('a', 0, 'till'), at('a', 1, 'till'), at('a', 2, null)];
      const passing = [at('b', 0, 'till'), at('b', 1, null), at('b', 2, null)];
      const frames = [
        { ts: DAY, streamId: 'a', role: 'customer', zoneId: 'till', analysed: 3, withFaces: 3, faces: 3 },
      ] as const;
      store.append({ samples: [...moved, ...passing], frames });
      await store.flush();
      expect(await personsOf(store, { zoneId: 'till' })).toEqual([['customer', 'a', 1, 1]]);
      store.append({ tracks: [summaryOf(moved), { ...summaryOf(passing), zoneId: null }] });
      await store.flush();
      expect(await personsOf(store, { zoneId: 'till' })).toEqual([['customer', 'a', 1, 1]]);
    });
  });

  describe('buckets of a few seconds', () => {
    const rows = crowd({ seed: 78, fromTs: DAY, minutes: 3 });
    const starts = Array.from({ length: 18 }, (_, n) => DAY + n * 10_000);

    it('hold what the minutes hold, frames, samples and visits alike', async () => {
      const store = await stores.memory();
      store.append(rows);
      await store.maintain();
      const query = params({ toTs: DAY + 3 * MINUTE });
      const { rows: points } = await store.series({ ...query, bucketStarts: starts });
      expect(new Set(points.map(({ ts }) => ts)).size).toBe(18);
      const { aggregates } = await store.me1(query);
      for (const { streamId, role, samples, absolute, analysedFrames, framesWithFaces, clusters } of aggregates) {
        const own = points.filter((point) => point.streamId === streamId && point.role === role);
        const sum = (pick: (point: (typeof own)[number]) => number): number =>
          own.reduce((all, one) => all + pick(one), 0);
        expect({
          samples: sum((point) => point.samples),
          absolute: sum((point) => point.absolute),
          analysedFrames: sum((point) => point.analysedFrames),
          framesWithFaces: sum((point) => point.framesWithFaces),
          visitors: sum((point) => point.visitors),
          smiling: sum((point) => point.smilingVisitors),
        }).toEqual({
          samples,
          absolute,
          analysedFrames,
          framesWithFaces,
          visitors: clusters.ratios.person.x,
          smiling: clusters.ratios.person.y,
        });
      }
    });

    it('are refused in a sentence once the samples have expired, while minutes go on', async () => {
      const { store } = await stores.file({ retention: { samples: '1s' } });
      store.append(rows);
      await store.maintain();
      const query = params({ toTs: DAY + 3 * MINUTE });
      await expect(store.series({ ...query, bucketStarts: starts })).rejects.toThrow(/choose buckets of whole minutes/);
      const { rows: points } = await store.series({ ...query, bucketStarts: [DAY, DAY + MINUTE, DAY + 2 * MINUTE] });
      expect(points.length).toBeGreaterThan(0);
    });
  });

  it("says how often a camera's frames were counted for another visitors' role, from rows, rollups and sizes", async () => {
    const store = await stores.memory();
    const count = (role: FrameCount['role'], zoneId: string | null, withFaces: number): FrameCount => ({
      ts: DAY,
      streamId: 'a',
      role,
      zoneId,
      analysed: 2,
      withFaces,
      faces: withFaces,
    });
    store.append({
      samples: [
        sample({ ts: DAY, trackId: 'one', sizePx: 90 }),
        sample({ ts: DAY, trackId: 'two', role: 'display', zoneId: 'shelf', sizePx: 90 }),
        sample({ ts: DAY + 500, trackId: 'one', sizePx: 30 }),
        sample({ ts: DAY + 500, trackId: 'two', role: 'display', zoneId: 'shelf', sizePx: 90 }),
      ],
      frames: [
        count('customer', null, 2),
        count('display', null, 2),
        count('display', 'shelf', 2),
        count('customer', REPEATED_FRAMES, 2),
      ],
    });
    for (const rolled of [false, true]) {
      await (rolled ? store.maintain() : store.flush());
      const repeats = async (fields: Partial<Me1Params>) => (await store.me1(params(fields))).repeats;
      expect(await repeats({})).toEqual([{ streamId: 'a', analysedFrames: 2, framesWithFaces: 2 }]);
      expect(await repeats({ minFacePx: 60 })).toEqual([{ streamId: 'a', analysedFrames: 2, framesWithFaces: 1 }]);
      expect(await repeats({ role: 'customer' })).toEqual([]);
      expect(await repeats({ zoneId: 'shelf' })).toEqual([]);
      const { aggregates } = await store.me1(params());
      expect(aggregates.map(({ role, analysedFrames }) => [role, analysedFrames])).toEqual([
        ['customer', 2],
        ['display', 2],
      ]);
    }
  });

  it('writes the frames of a commit as one row a second and place', async () => {
    const store = await stores.memory();
    const random = seeded(5);
    const frame = { ts: DAY, streamId: 'a', role: 'customer', zoneId: null, analysed: 1 } as const;
    const seen = Array.from({ length: 5 }, () => (random() < 0.5 ? 1 : 0));
    for (const withFaces of seen) store.append({ frames: [{ ...frame, withFaces, faces: withFaces }] });
    await store.flush();
    expect((await store.me1(params())).aggregates[0]).toMatchObject({
      analysedFrames: 5,
      framesWithFaces: seen.reduce<number>((sum, one) => sum + one, 0),
    });
    await store.maintain();
    expect(store.health().stored.frames).toBe(1);
  });
});
