import { describe, expect, it } from 'vitest';
import type { Period } from '../../../../src/contracts/period.js';
import type { ReportReader } from '../../../../src/store/ports/report-reader.js';
import type { Store } from '../../../../src/store/ports/store.js';
import { contact, sample, summaryOf } from '../../../fixtures/store-rows.js';
import { checkGroup, count } from '../../../fixtures/observations.js';
import { DAY } from '../stores.js';
import { onEveryEngine } from './engines.js';

const MINUTE = 60_000;
const me1 = { threshold: 20, smileIndex: 'face' } as const;
const cells = { kind: 'view', level: 'cell', minVisitors: 5 } as const;

/** Every question about a period, and how many rows of one kind its answer counts. */
const QUESTIONS: Readonly<Record<string, (store: ReportReader, period: Period) => Promise<number>>> = {
  me1: async (store, period) => (await store.me1({ ...period, ...me1 })).aggregates[0]?.samples ?? 0,
  series: async (store, period) =>
    (await store.series({ ...period, ...me1, bucketStarts: [period.fromTs - (period.fromTs % MINUTE)] })).rows.length,
  samples: async (store, period) => (await store.samples({ ...period, limit: 10 })).length,
  tracks: async (store, period) => (await store.tracks({ ...period, limit: 10 })).length,
  visitorSums: async (store, period) => {
    const offsets = [{ fromTs: period.fromTs, offsetMs: 0 }];
    return (await store.visitorSums({ ...period, offsets, adultAge: 18, sorted: 'dwell' })).days.length;
  },
  contacts: async (store, period) => (await store.contacts({ ...period, limit: 10 })).length,
  countedContacts: async (store, period) =>
    (await store.countedContacts({ ...period, limit: 10, curves: true })).length,
  contactTotals: async (store, period) => (await store.contactTotals(period)).length,
  observations: async (store, period) => (await store.observations({ ...period, limit: 10 })).length,
  checkGroups: async (store, period) => (await store.checkGroups(period)).length,
  counts: async (store, period) => (await store.counts({ ...period, bucketStarts: [period.fromTs] })).length,
  streams: async (store, period) => (await store.streams(period)).length,
  filled: async (store, period) => Number((await store.filled(period)) !== null),
  counting: async (store, period) => (await store.counting({ ...period, longStayMs: MINUTE })).length,
  cells: async (store, period) => (await store.cells({ ...period, ...cells })).length,
  cellSpans: async (store, period) =>
    (await store.cellSpans({ ...period, ...cells, bucketStarts: [period.fromTs] })).length,
};
const ROWS_OF_ONE_INSTANT = [
  'me1',
  'samples',
  'tracks',
  'visitorSums',
  'contacts',
  'countedContacts',
  'contactTotals',
  'observations',
  'checkGroups',
  'counts',
];

onEveryEngine((stores) => {
  describe('a period', () => {
    const oneInstant = async (): Promise<Store> => {
      const store = await stores.memory();
      const one = sample({ ts: DAY });
      store.append({
        samples: [one],
        frames: [{ ts: DAY, streamId: 'a', role: 'customer', zoneId: null, analysed: 1, withFaces: 1, faces: 1 }],
        tracks: [summaryOf([one])],
        contacts: [contact({ startTs: DAY })],
        observations: [count({ ts: DAY })],
        checkGroups: [checkGroup({ ts: DAY })],
      });
      await store.flush();
      return store;
    };

    it.each(ROWS_OF_ONE_INSTANT)('has its first instant and not its last: %s', async (name) => {
      const store = await oneInstant();
      const ask = async (fromTs: number, toTs: number) => QUESTIONS[name]?.(store, { fromTs, toTs });
      expect(await ask(DAY, DAY + MINUTE)).toBe(1);
      expect(await ask(DAY - MINUTE, DAY)).toBe(0);
      expect(await ask(DAY + 1000, DAY + MINUTE)).toBe(0);
    });

    it.each(Object.keys(QUESTIONS))('that is empty, reversed or endless is refused: %s', async (name) => {
      const store = await oneInstant();
      const periods = [
        { fromTs: DAY, toTs: DAY },
        { fromTs: DAY, toTs: DAY - 1 },
        { fromTs: DAY, toTs: Number.NaN },
        { fromTs: DAY, toTs: Number.POSITIVE_INFINITY },
      ];
      for (const period of periods)
        await expect(QUESTIONS[name]?.(store, period)).rejects.toMatchObject({ code: 'PERIOD_INVALID' });
    });

    it.each(Object.keys(QUESTIONS))('that holds nothing is answered with nothing: %s', async (name) => {
      const store = await stores.memory();
      expect(await QUESTIONS[name]?.(store, { fromTs: DAY, toTs: DAY + MINUTE })).toBe(0);
    });

    it.each(Object.keys(QUESTIONS))('is not answered for once the store is closed: %s', async (name) => {
      const store = await oneInstant();
      await store.close();
      const asked = QUESTIONS[name]?.(store, { fromTs: DAY, toTs: DAY + MINUTE });
      await expect(asked).rejects.toMatchObject({ code: 'STORE_CLOSED' });
    });
  });

  it.each(Object.keys(QUESTIONS))('one who may go away is answered, and no more once gone: %s', async (name) => {
    const store = await stores.memory();
    const period = { fromTs: DAY, toTs: DAY + MINUTE };
    const client = new AbortController();
    const asked = store.askedBy(client.signal);
    expect(await QUESTIONS[name]?.(asked, period)).toBe(0);
    client.abort(new Error('gone'));
    await expect(QUESTIONS[name]?.(asked, period)).rejects.toThrow('gone');
    expect(await QUESTIONS[name]?.(store, period)).toBe(0);
  });
});
