import { afterEach, describe, expect, it } from 'vitest';
import { EMOTIONS } from '../../../src/contracts/emotion.js';
import { expectSameNumbers } from '../../fixtures/same-numbers.js';
import { contact, crowd, sample } from '../../fixtures/store-rows.js';
import { DAY, Stores } from './stores.js';

const stores = new Stores();
afterEach(() => stores.closeAll());

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

  it('pages contacts newest first and shows one with its curve and bursts', async () => {
    const store = await stores.memory();
    const many = Array.from({ length: 7 }, (_, n) =>
      contact({ id: `c${n}`, startTs: DAY + Math.floor(n / 2) * 1000, verdict: n % 2 === 0 ? 'happy' : 'unhappy' }),
    );
    store.append({ contacts: many });
    await store.flush();
    const period = { fromTs: DAY, toTs: DAY + 60_000 };
    const seen: string[] = [];
    let before: { startTs: number; id: string } | null = null;
    for (;;) {
      const page: Awaited<ReturnType<typeof store.contacts>> = await store.contacts({ ...period, before, limit: 3 });
      const last = page.at(-1);
      if (last === undefined) break;
      seen.push(...page.map(({ id }) => id));
      before = { startTs: last.startTs, id: last.id };
    }
    expect(seen).toEqual(['c6', 'c5', 'c4', 'c3', 'c2', 'c1', 'c0']);
    expect(await store.contacts({ ...period, verdict: 'unhappy', limit: 10 })).toHaveLength(3);
    expect(await store.contacts({ ...period, points: ['other'], limit: 10 })).toEqual([]);
    expect(await store.contact('c3')).toEqual(many[3]);
    expect(await store.contact('nobody')).toBeNull();
    expect((await store.contacts({ ...period, limit: 1, curves: false }))[0]?.curve).toEqual([]);
    const [totals] = await store.contactTotals(period);
    expect(totals).toMatchObject({ contacts: 7, qualified: 7, happy: 4, unhappy: 3, positiveBursts: 7, contagious: 7 });
    expect(totals).toMatchObject({ already: 0, former: 0, netBasis: 7, netAnswered: 4, netByChance: 1.75 });
  });

  it('replaces a contact that comes again, bursts included', async () => {
    const store = await stores.memory();
    store.append({ contacts: [contact()] });
    await store.flush();
    store.append({ contacts: [contact({ verdict: 'indifferent', bursts: [] })] });
    await store.flush();
    expect(await store.contact('c1')).toMatchObject({ verdict: 'indifferent', bursts: [] });
    store.append({ contacts: [contact({ id: 'c2' }), contact({ id: 'c2', bursts: [] })] });
    await store.flush();
    expect(await store.contact('c2')).toMatchObject({ bursts: [] });
    expect(await store.contact('c1')).toMatchObject({ bursts: [] });
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

describe('repeated batches', () => {
  it('stores a named batch once, in one commit, across commits and after opening again', async () => {
    const { store, config } = await stores.file();
    const batch = { id: 'edge-1:17', ...crowd({ seed: 3, fromTs: DAY, minutes: 1 }), contacts: [contact()] };
    store.append(batch);
    store.append(batch);
    await store.flush();
    store.append(batch);
    await store.flush();
    const period = { fromTs: DAY, toTs: DAY + 60_000, threshold: 20, smileIndex: 'face' } as const;
    const before = await store.me1(period);
    await store.close();
    const again = await stores.open(config);
    again.append(batch);
    await again.flush();
    // DuckDB's threads add up the same rows in any order.
    expectSameNumbers((await again.me1(period)).aggregates, before.aggregates, 1e-9);
    const sum = before.aggregates.reduce((total, { samples }) => total + samples, 0);
    expect(sum).toBe(batch.samples.length);
    expect(before.aggregates.reduce((total, { analysedFrames }) => total + analysedFrames, 0)).toBe(
      batch.frames.reduce((total, { analysed }) => total + analysed, 0),
    );
  });

  it('recognises samples, tracks and contacts by themselves when the batch has no name', async () => {
    const store = await stores.memory();
    const { samples, tracks } = crowd({ seed: 4, fromTs: DAY, minutes: 1 });
    for (let n = 0; n < 3; n += 1) {
      store.append({ samples, tracks, contacts: [contact({ startTs: DAY })] });
      store.append({ samples });
      await store.flush();
    }
    await store.maintain();
    expect(store.health().stored).toEqual({ samples: samples.length, frames: 0, tracks: tracks.length, contacts: 1 });
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
