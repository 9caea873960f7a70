import { describe, expect, it } from 'vitest';
import { EMOTIONS } from '../../../../src/contracts/emotion.js';
import { contact, crowd, sample, summaryOf } from '../../../fixtures/store-rows.js';
import { DAY } from '../stores.js';
import { onEveryEngine } from './engines.js';

onEveryEngine((stores) => {
  const PERIOD = { fromTs: DAY, toTs: DAY + 60_000, limit: 10 };

  describe('what is appended comes back', () => {
    it('keeps every field of a sample', async () => {
      const store = await stores.memory();
      const one = sample({ ts: DAY + 123, zoneId: 'till', age: null, gender: 0.25, happiness: 41.23456789 });
      store.append({ samples: [one] });
      await store.flush();
      const [stored] = await store.samples({ fromTs: DAY, toTs: DAY + 1000, limit: 10 });
      expect(stored).toMatchObject({
        ts: one.ts,
        streamId: 'a',
        zoneId: 'till',
        age: null,
        gender: 0.25,
        attention: true,
      });
      // Happiness is exact (thresholds are compared with it), the others have float32's seven digits.
      expect(stored?.emotions.happiness).toBe(41.23456789);
      for (const emotion of EMOTIONS) {
        expect(stored?.emotions[emotion]).toBeCloseTo(one.emotions[emotion], 4);
        expect(stored?.rawEmotions[emotion]).toBeCloseTo(one.rawEmotions[emotion], 4);
      }
      expect(stored?.mood).toBeCloseTo(one.mood, 4);
      expect(stored?.pose.pitch).toBeCloseTo(-2, 2);
      expect(stored?.box.height).toBeCloseTo(0.15, 4);
    });

    it('keeps tracks, and the last summary of a track and role wins', async () => {
      const store = await stores.memory();
      const { tracks } = crowd({ seed: 1, fromTs: DAY, minutes: 1 });
      store.append({ tracks });
      await store.flush();
      const [first] = tracks;
      if (first === undefined) throw new Error('no track');
      store.append({ tracks: [{ ...first, glances: 77 }] });
      await store.flush();
      const found = await store.tracks({ fromTs: DAY, toTs: DAY + 60_000, limit: 1000 });
      expect(found).toHaveLength(tracks.length);
      expect(found.find(({ trackId }) => trackId === first.trackId)).toEqual({ ...first, glances: 77 });
    });

    it('lists the streams and roles of a period', async () => {
      const store = await stores.memory();
      store.append(crowd({ seed: 2, fromTs: DAY, minutes: 1 }));
      await store.flush();
      const expected = [
        { streamId: 'a', role: 'customer' },
        { streamId: 'b', role: 'seller' },
      ];
      expect(await store.streams({ fromTs: DAY, toTs: DAY + 60_000 })).toEqual(expected);
      await store.maintain();
      expect(await store.streams({ fromTs: DAY, toTs: DAY + 60_000 })).toEqual(expected);
      expect(await store.streams({ fromTs: DAY + 120_000, toTs: DAY + 180_000 })).toEqual([]);
    });
  });

  describe('what is unknown comes back unknown, never as zero', () => {
    it('of a contact: no verdict, no latency, no correlation', async () => {
      const store = await stores.memory();
      const bare = contact({
        startTs: DAY,
        qualified: false,
        verdict: null,
        answerByChance: null,
        peakVerdict: null,
        baselineHappiness: null,
        riseOverBaseline: null,
        latencyMs: null,
        crossLag: null,
      });
      store.append({ contacts: [bare] });
      await store.flush();
      expect(await store.contact('c1')).toEqual(bare);
      expect((await store.contactTotals(PERIOD))[0]).toMatchObject({
        qualified: 0,
        correlated: 0,
        contagious: 0,
        netBasis: 0,
        netByChance: 0,
        medianLatencyMs: null,
        medianRise: null,
      });
    });

    it('of a sample and a visitor', async () => {
      const store = await stores.memory();
      const one = sample({ ts: DAY, zoneId: null, age: null, gender: null });
      const track = summaryOf([one]);
      store.append({ samples: [one], tracks: [track] });
      await store.flush();
      expect((await store.samples(PERIOD))[0]).toMatchObject({ zoneId: null, age: null, gender: null });
      expect((await store.tracks(PERIOD))[0]).toEqual(track);
      const asked = {
        ...PERIOD,
        offsets: [{ fromTs: PERIOD.fromTs, offsetMs: 0 }],
        adultAge: 18,
        sorted: 'dwell',
      } as const;
      const { adults } = await store.visitorSums(asked);
      expect(adults).toMatchObject([{ gender: 'undetermined', aged: 0, ageYears: { sum: 0, squares: 0 } }]);
    });
  });

  describe('rows that can never be stored', () => {
    it('are given up and counted, and do not hold up the others', async () => {
      const store = await stores.memory();
      store.append({ samples: [sample({ ts: DAY, trackId: 'good-1' })] });
      store.append({ samples: [sample({ ts: Number.NaN })] });
      store.append({ samples: [{ ...sample({ ts: DAY }), role: 'ghost' as 'customer' }] });
      store.append({ samples: [sample({ ts: DAY, trackId: 'good-2' })] });
      await store.flush();
      const found = await store.samples({ fromTs: DAY, toTs: DAY + 1, limit: 10 });
      expect(found.map(({ trackId }) => trackId)).toEqual(['good-1', 'good-2']);
      expect(store.health()).toMatchObject({ state: 'ok', lost: { samples: 2 } });
    });
  });
});
