import { describe, expect, it } from 'vitest';
import { crowd, seeded } from '../../../fixtures/store-rows.js';
import { DAY } from '../stores.js';
import { onEveryEngine } from './engines.js';
import { expected, live, MINUTE, params } from './me1-rows.js';

onEveryEngine((stores) => {
  describe('a series', () => {
    it('has the sums of each bucket, before and after the roll-up', async () => {
      const store = await stores.memory();
      const rows = crowd({ seed: 51, fromTs: DAY, minutes: 6 });
      await live(store, rows, seeded(51));
      const starts = [DAY - 2 * MINUTE, DAY + 3 * MINUTE, DAY + 5 * MINUTE];
      const query = params({ fromTs: DAY + 30_000, toTs: DAY + 5 * MINUTE + 30_000, threshold: 33 });
      const ends = [...starts.slice(1), query.toTs];
      const wanted = starts.flatMap((start, n) =>
        expected(rows.samples, rows.frames, {
          ...query,
          fromTs: Math.max(start, query.fromTs),
          toTs: Math.min(ends[n] ?? 0, query.toTs),
        }).map(({ key, samples, absolute, analysed, withFaces }) => ({
          start,
          key,
          samples,
          absolute,
          analysed,
          withFaces,
        })),
      );
      for (const rolled of [false, true]) {
        if (rolled) await store.maintain();
        const { rows: found } = await store.series({ ...query, bucketStarts: starts });
        const order = (a: { start: number; key: string }, b: { start: number; key: string }) =>
          a.start - b.start || a.key.localeCompare(b.key);
        expect(
          found
            .map(({ ts, role, streamId, samples, absolute, analysedFrames, framesWithFaces }) => ({
              start: ts,
              key: `${role} ${streamId}`,
              samples,
              absolute,
              analysed: analysedFrames,
              withFaces: framesWithFaces,
            }))
            .sort(order),
        ).toEqual(wanted.sort(order));
      }
    });

    it.each([[[]], [[DAY + 1]], [[DAY + MINUTE]], [[DAY, DAY]], [[DAY + 0.5]]])(
      'refuses buckets %j',
      async (bucketStarts) => {
        const store = await stores.memory();
        await expect(store.series({ ...params(), bucketStarts })).rejects.toMatchObject({ code: 'PERIOD_INVALID' });
      },
    );
  });
});
