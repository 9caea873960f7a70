import { describe, expect, it } from 'vitest';
import { contact, crowd, sample } from '../../../fixtures/store-rows.js';
import { DAY, TestClock } from '../stores.js';
import { onEveryEngine } from './engines.js';

onEveryEngine((stores) => {
  const HOUR = 3_600_000;
  const DAY_MS = 24 * HOUR;
  const query = { fromTs: DAY - 400 * DAY_MS, toTs: DAY + 400 * DAY_MS, threshold: 20, smileIndex: 'face' } as const;

  describe('retention', () => {
    it('drops samples and then everything else at their ages', async () => {
      const clock = new TestClock(DAY + HOUR);
      const { store } = await stores.file({ retention: { samples: '30d', rollups: '1y' } }, clock);
      const rows = crowd({ seed: 1, fromTs: DAY, minutes: 2 });
      store.append({ ...rows, contacts: [contact({ startTs: DAY })] });
      expect(await store.maintain()).toMatchObject({ rolledSamples: rows.samples.length, expiredSamples: 0 });
      const before = (await store.me1(query)).aggregates.map(({ absolute }) => absolute);

      clock.move(29 * DAY_MS);
      expect(await store.maintain()).toMatchObject({ expiredSamples: 0 });
      clock.move(2 * DAY_MS);
      expect(await store.maintain()).toMatchObject({ expiredSamples: rows.samples.length, expiredRollups: 0 });
      expect(store.health().rawFromTs).toBe(DAY + HOUR + 31 * DAY_MS - 30 * DAY_MS);
      expect((await store.me1(query)).aggregates.map(({ absolute }) => absolute)).toEqual(before);
      expect(await store.contact('c1')).not.toBeNull();

      clock.move(340 * DAY_MS);
      expect((await store.maintain()).expiredRollups).toBeGreaterThan(0);
      expect((await store.me1(query)).aggregates).toEqual([]);
      expect(await store.contact('c1')).toBeNull();
      expect(store.health().stored).toEqual({
        samples: 0,
        frames: 0,
        tracks: 0,
        contacts: 0,
        observations: 0,
        checkGroups: 0,
      });
    });

    it('counts rows that come after their samples would have expired, once', async () => {
      const clock = new TestClock(DAY + 60 * DAY_MS);
      const { store } = await stores.file({}, clock);
      const rows = crowd({ seed: 2, fromTs: DAY, minutes: 3 });
      const half = Math.floor(rows.samples.length / 2);
      store.append({ samples: rows.samples.slice(0, half) });
      await store.maintain();
      store.append({ samples: rows.samples.slice(half) });
      await store.maintain();
      await store.maintain();
      const { aggregates } = await store.me1(query);
      expect(aggregates.reduce((sum, { samples }) => sum + samples, 0)).toBe(rows.samples.length);
      expect(store.health().stored.samples).toBe(0);
    });

    it('of a memory store is counted from what it read, so that old recordings can be analysed', async () => {
      const store = await stores.memory({ retention: { samples: '1d' } }, new TestClock(DAY + 1000 * DAY_MS));
      store.append({ samples: [sample({ ts: DAY - 2 * DAY_MS, trackId: 'old' }), sample({ ts: DAY })] });
      expect(await store.maintain()).toMatchObject({ expiredSamples: 1 });
      expect(store.health().stored.samples).toBe(1);
    });

    it('merges the rows of minutes that were rolled up in parts, without changing an answer', async () => {
      const store = await stores.memory({}, new TestClock(DAY + 2 * HOUR));
      const rows = crowd({ seed: 3, fromTs: DAY, minutes: 3 });
      const answers = [];
      for (let part = 0; part < 4; part += 1) {
        store.append({ samples: rows.samples.filter((_, n) => n % 4 === part), frames: part === 0 ? rows.frames : [] });
        await store.maintain();
      }
      for (let round = 0; round < 2; round += 1) {
        answers.push((await store.me1({ ...query, threshold: 35 }, 'rollups')).aggregates);
        await store.maintain();
      }
      const counts = answers.map((aggregates) =>
        aggregates.map(({ absolute, samples, male, ages }) => [absolute, samples, male, ages]),
      );
      expect(counts[1]).toEqual(counts[0]);
    });
  });

  describe('a clock that jumps back by an hour', () => {
    it('loses nothing: the hour seen twice adds up, in raw rows and in rollups', async () => {
      const clock = new TestClock(DAY + HOUR);
      const { store } = await stores.file({}, clock);
      const first = crowd({ seed: 4, fromTs: DAY, minutes: 3 });
      const second = crowd({ seed: 5, fromTs: DAY, minutes: 3 });
      store.append(first);
      await store.maintain();
      clock.move(-HOUR);
      store.append(second);
      await store.flush();
      for (let round = 0; round < 2; round += 1) {
        for (const source of ['raw', 'rollups'] as const) {
          const { aggregates } = await store.me1({ ...query, fromTs: DAY }, source);
          const sum = (value: (row: (typeof aggregates)[number]) => number) =>
            aggregates.reduce((total, row) => total + value(row), 0);
          expect(sum(({ samples }) => samples)).toBe(first.samples.length + second.samples.length);
          expect(sum(({ analysedFrames }) => analysedFrames)).toBe(2 * 2 * 3 * 60 * 2);
          expect(sum(({ clusters }) => clusters.tracks)).toBe(first.tracks.length + second.tracks.length);
        }
        await store.maintain();
      }
    });
  });

  describe('questions and writing at once', () => {
    it('commit within the beat while reports run, and the reports see whole commits only', async () => {
      const { store } = await stores.file();
      let appended = 0;
      const timer = setInterval(() => {
        // Always ten at once: an answer that is not a multiple of ten has seen half a commit.
        store.append({
          samples: Array.from({ length: 10 }, (_, n) =>
            sample({ ts: DAY + appended + n, trackId: `t${appended + n}` }),
          ),
        });
        appended += 10;
      }, 2);
      try {
        let last = 0;
        for (let n = 0; n < 12; n += 1) {
          const { aggregates } = await store.me1({ ...query, fromTs: DAY });
          const count = aggregates[0]?.samples ?? 0;
          expect(count % 10).toBe(0);
          expect(count).toBeGreaterThanOrEqual(last);
          last = count;
          if (n === 6) await store.maintain();
          if (n % 3 === 0) await store.flush();
        }
      } finally {
        clearInterval(timer);
      }
      await store.flush();
      expect((await store.me1({ ...query, fromTs: DAY })).aggregates[0]?.samples).toBe(appended);
      expect(store.health().lost.samples).toBe(0);
    });
  });
});
