import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EMOTIONS } from '../../../../src/contracts/emotion.js';
import type { Me1Sums } from '../../../../src/contracts/figures/me1-sums.js';
import { AGE_BUCKETS, type Me1Aggregate, type Me1Params } from '../../../../src/contracts/me1.js';
import { addAggregates } from '../../../../src/metrics/faces/me1/me1-aggregate.js';
import { crowd, sample, seeded } from '../../../fixtures/store-rows.js';
import { DAY } from '../stores.js';
import { onEveryEngine } from './engines.js';
import { check, expected, live, me1, MINUTE, params } from './me1-rows.js';

onEveryEngine((stores) => {
  describe('МЭ-1 sums', () => {
    it('are the definition, from raw rows, from rollups and from both, for any whole T, period and order of arrival', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.record({
            seed: fc.integer({ min: 1, max: 1_000_000 }),
            threshold: fc.integer({ min: 0, max: 100 }),
            fromMs: fc.integer({ min: -1000, max: 3 * MINUTE }),
            lengthMs: fc.oneof(fc.integer({ min: 1, max: 4 * MINUTE }), fc.constantFrom(MINUTE, 2 * MINUTE)),
          }),
          async ({ seed, threshold, fromMs, lengthMs }) => {
            const store = await stores.memory();
            const random = seeded(seed);
            const rows = crowd({ seed, fromTs: DAY, minutes: 4, streams: ['a', 'b', 'c'] });
            await live(store, rows, random);
            // Frame counts are kept by the second, so periods begin and end on one.
            const fromTs = DAY + Math.floor(fromMs / 1000) * 1000;
            const query = params({ threshold, fromTs, toTs: fromTs + Math.ceil(lengthMs / 1000) * 1000 });
            const wanted = expected(rows.samples, rows.frames, query);
            check(await me1(store, query, 'raw'), wanted);
            check(await me1(store, query, 'rollups'), wanted);
            await store.maintain();
            check(await me1(store, query), wanted);
            await store.close();
          },
        ),
        { numRuns: 10 },
      );
    });

    it('count whole T exactly at the borders of the bins', async () => {
      const store = await stores.memory();
      const edges = [0, 19, Math.fround(19.9999999), 20, 20 - 1e-9, 20 + 1e-9, 21, 99.99999, 100];
      store.append({ samples: edges.map((happiness, n) => sample({ ts: DAY + n, happiness })) });
      await store.maintain();
      for (const threshold of [0, 1, 19, 20, 21, 99, 100]) {
        const count = edges.filter((happiness) => happiness >= threshold).length;
        for (const source of ['raw', 'rollups'] as const) {
          expect((await me1(store, params({ threshold }), source))[0]?.absolute, `T ${threshold} ${source}`).toBe(
            count,
          );
        }
      }
    });

    it('of gender and age alone are those of the whole answer, by stream and by bucket', async () => {
      const store = await stores.memory();
      await live(store, crowd({ seed: 7, fromTs: DAY, minutes: 4, streams: ['a', 'b'] }), seeded(7));
      const asked = { ...params({ toTs: DAY + 4 * MINUTE }), bucketStarts: [DAY, DAY + 2 * MINUTE] };
      const names = ['male', ...AGE_BUCKETS] as const;
      const known = ({
        streamId,
        role,
        samples,
        male,
        female,
        ages,
      }: Me1Sums & { streamId: string; role: string }) => ({
        ...{ streamId, role, samples, male, female, ages },
      });
      for (const maintained of [false, true]) {
        if (maintained) await store.maintain();
        const [all, part] = [await store.me1(asked), await store.me1({ ...asked, wanted: 'demographics' })];
        expect(all.aggregates.some(({ male }) => male > 0)).toBe(true);
        expect(part.aggregates.map(known)).toEqual(all.aggregates.map(known));
        const momentsOf = ({ clusters }: Me1Aggregate) => names.map((name) => clusters.ratios[name]);
        expect(part.aggregates.map(momentsOf)).toEqual(all.aggregates.map(momentsOf));
        const [rows, some] = [await store.series(asked), await store.series({ ...asked, wanted: 'demographics' })];
        expect(some.rows.map((row) => [row.ts, known(row)])).toEqual(rows.rows.map((row) => [row.ts, known(row)]));
      }
    });

    it('take the period half-open, to the millisecond', async () => {
      const store = await stores.memory();
      const fromTs = DAY + MINUTE;
      const toTs = DAY + 3 * MINUTE;
      const at = (ts: number) => sample({ ts, trackId: `t${ts}` });
      store.append({ samples: [at(fromTs - 1), at(fromTs), at(toTs - 1), at(toTs)] });
      await store.maintain();
      for (const source of ['raw', 'rollups', 'auto'] as const) {
        expect((await me1(store, params({ fromTs, toTs }), source))[0]?.samples).toBe(2);
        expect((await me1(store, params({ fromTs: fromTs + 1, toTs: toTs + 1 }), source))[0]?.samples).toBe(2);
      }
    });

    it('of two periods add up to those of their union', async () => {
      const store = await stores.memory();
      const rows = crowd({ seed: 11, fromTs: DAY, minutes: 5 });
      await live(store, rows, seeded(11));
      const whole = await me1(store, params());
      const cut = DAY + 137_000;
      const first = await me1(store, params({ toTs: cut }));
      const second = await me1(store, params({ fromTs: cut }));
      whole.forEach((row, n) => {
        const [a, b] = [first[n], second[n]];
        if (a === undefined || b === undefined) throw new Error('a row is missing');
        const { clusters: _of, ...sum } = addAggregates(a, b);
        const { clusters: _whole, ...want } = row;
        expect({ ...sum, emotionSums: null, moodSum: 0 }).toEqual({ ...want, emotionSums: null, moodSum: 0 });
        for (const emotion of EMOTIONS) expect(sum.emotionSums[emotion]).toBeCloseTo(want.emotionSums[emotion], 6);
      });
    });

    it('split a stream that changed its role, and filter by stream, role, zone and size', async () => {
      const store = await stores.memory();
      const frame = { streamId: 'a', analysed: 5, withFaces: 1, faces: 1 };
      store.append({
        samples: [
          sample({ ts: DAY, role: 'entrance', sizePx: 30 }),
          sample({ ts: DAY + 1000, role: 'customer', trackId: 't2', zoneId: 'till', sizePx: 90, facesInFrame: 2 }),
          sample({ ts: DAY + 1000, role: 'customer', trackId: 't3', sizePx: 40, facesInFrame: 2 }),
          sample({ ts: DAY + 1000, role: 'customer', streamId: 'b', trackId: 't4' }),
        ],
        frames: [
          { ...frame, ts: DAY, role: 'entrance', zoneId: null },
          { ...frame, ts: DAY + 1000, role: 'customer', zoneId: null },
          { ...frame, ts: DAY + 1000, role: 'customer', zoneId: 'till' },
          { ...frame, ts: DAY + 1000, role: 'customer', zoneId: null, streamId: 'b' },
        ],
      });
      for (const rolled of [false, true]) {
        await (rolled ? store.maintain() : store.flush());
        const rows = async (fields: Partial<Me1Params>) =>
          (await me1(store, params(fields))).map((row) => [row.role, row.streamId, row.samples, row.framesWithFaces]);
        expect(await rows({})).toEqual([
          ['customer', 'a', 2, 1],
          ['customer', 'b', 1, 1],
          ['entrance', 'a', 1, 1],
        ]);
        expect(await rows({ streams: ['b'] })).toEqual([['customer', 'b', 1, 1]]);
        expect(await rows({ role: 'entrance' })).toEqual([['entrance', 'a', 1, 1]]);
        expect(await rows({ zoneId: 'till' })).toEqual([['customer', 'a', 1, 1]]);
        expect(await rows({ minFacePx: 60, streams: ['a'] })).toEqual([
          ['customer', 'a', 1, 1],
          ['entrance', 'a', 0, 0],
        ]);
        const [sized] = await me1(store, params({ minFacePx: 60, streams: ['a'] }));
        expect(sized?.clusters.ratios.frame).toMatchObject({ x: 1, m: 1 });
      }
    });

    it('give the same moments from summaries as from samples', async () => {
      const store = await stores.memory();
      const rows = crowd({ seed: 21, fromTs: DAY, minutes: 5 });
      store.append(rows);
      await store.maintain();
      const { aggregates } = await store.me1(params());
      // Everything older than the samples' retention is left to the summaries.
      const { store: aged } = await stores.file({ retention: { samples: '1s' } });
      aged.append(rows);
      expect((await aged.maintain()).expiredSamples).toBe(rows.samples.length);
      const late = await aged.me1(params());
      late.aggregates.forEach((row, n) => {
        const want = aggregates[n];
        expect(row.clusters.tracks).toBe(want?.clusters.tracks);
        expect(row.absolute).toBe(want?.absolute);
        for (const [name, moments] of Object.entries(row.clusters.ratios)) {
          const other = want?.clusters.ratios[name as 'face'];
          for (const key of ['y', 'x', 'yy', 'xy', 'xx', 'm'] as const) {
            expect(moments[key] / ((other?.[key] ?? 1) || 1), `${name} ${key}`).toBeCloseTo(
              moments[key] === 0 ? 0 : 1,
              5,
            );
          }
        }
      });
    });

    it('answer any whole T after the samples have expired, and say what is missing', async () => {
      const { store } = await stores.file({ retention: { samples: '1s' } });
      const rows = crowd({ seed: 31, fromTs: DAY, minutes: 3 });
      store.append(rows);
      await store.flush();
      const before = await Promise.all([0, 20, 57, 100].map((threshold) => me1(store, params({ threshold }))));
      await store.maintain();
      expect(store.health().stored.samples).toBe(0);
      const after = await Promise.all([0, 20, 57, 100].map((threshold) => me1(store, params({ threshold }))));
      before.forEach((answer, n) => {
        expect(after[n]?.map(({ absolute, samples }) => [absolute, samples])).toEqual(
          answer.map(({ absolute, samples }) => [absolute, samples]),
        );
      });
      const fraction = await store.me1(params({ threshold: 20.4 }));
      expect(fraction.coverage).toMatchObject({ source: 'rollups', threshold: 20, missing: null });
      const sized = await store.me1(params({ minFacePx: 30 }));
      expect(sized.coverage.missing).toMatchObject({ fromTs: DAY });
      const torn = await store.me1(params({ fromTs: DAY + 1500 }));
      expect(torn.coverage.missing).toEqual({ fromTs: DAY + 2000, toTs: DAY + MINUTE });
    });

    it('count late rows once, whether their minute was rolled up before or not', async () => {
      const store = await stores.memory();
      const rows = crowd({ seed: 41, fromTs: DAY, minutes: 4 });
      const late = rows.samples.filter((_, n) => n % 7 === 0);
      store.append({ samples: rows.samples.filter((_, n) => n % 7 !== 0), frames: rows.frames });
      await store.maintain();
      await store.maintain();
      store.append({ samples: late });
      await store.flush();
      const wanted = expected(rows.samples, rows.frames, params());
      check(await me1(store, params()), wanted);
      await store.maintain();
      check(await me1(store, params(), 'rollups'), wanted);
    });

    it.each([
      [{ toTs: DAY }, 'PERIOD_INVALID'],
      [{ toTs: DAY - 1 }, 'PERIOD_INVALID'],
      [{ fromTs: Number.NaN }, 'PERIOD_INVALID'],
      [{ threshold: -1 }, 'THRESHOLD_INVALID'],
      [{ threshold: 101 }, 'THRESHOLD_INVALID'],
      [{ threshold: Number.NaN }, 'THRESHOLD_INVALID'],
    ])('refuse %o as %s', async (fields, code) => {
      const store = await stores.memory();
      await expect(store.me1(params(fields))).rejects.toMatchObject({ code });
    });
  });
});
