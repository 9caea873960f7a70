import { describe, expect, it } from 'vitest';
import { configSchema, type Config } from '../../../src/config/schema.js';
import { fillDemoStore } from '../../../src/pipeline/demo/fill-demo-store.js';
import { seededRandom } from '../../../src/metrics/statistics/random.js';
import { inventedWeek } from '../../../src/pipeline/demo/invented-week.js';
import { LocalTime } from '../../../src/time/local-time.js';
import { openStore } from '../../../src/store/open-store.js';
import { silentLogger } from '../inference/engine-options.js';

const STREAMS = { entrance: 'entrance', exit: 'exit', customer: 'till-customer', seller: 'till-seller' };
/** A Wednesday at noon in Moscow. */
const NOW_TS = Date.UTC(2026, 4, 13, 9);
const DAY_MS = 86_400_000;
const WEEK = { fromTs: NOW_TS - 7 * DAY_MS, toTs: NOW_TS };

describe('the week of the demonstration', () => {
  const configOf = (): Config =>
    configSchema.parse({
      site: { timeZone: 'Europe/Moscow' },
      store: { kind: 'memory', retention: { samples: '100y', rollups: '100y' } },
      privacy: { jurisdiction: 'other', sellerAnalytics: 'on' },
      streams: [
        { id: STREAMS.entrance, role: 'entrance', url: 'a.mp4' },
        { id: STREAMS.exit, role: 'exit', url: 'a.mp4' },
        { id: STREAMS.customer, role: 'customer', url: 'a.mp4' },
        { id: STREAMS.seller, role: 'seller', url: 'a.mp4' },
      ],
      contacts: [{ id: 'till', seller: STREAMS.seller, customer: STREAMS.customer }],
    });

  it('is the same people each time it is made, none of them yet to come', () => {
    const week = () => inventedWeek(NOW_TS, new LocalTime('Europe/Moscow'), STREAMS, seededRandom);
    expect(week()).toEqual(week());
    expect(week().every(({ fromTs, seconds }) => fromTs + seconds * 1000 < NOW_TS)).toBe(true);
    expect(week().length).toBeGreaterThan(1500);
  });

  it('shows every kind of figure', { timeout: 600_000 }, async () => {
    const config = configOf();
    const store = await openStore(config.store, silentLogger);
    await fillDemoStore(store, config, STREAMS, NOW_TS, new AbortController().signal);
    const visitors = await store.tracks({ ...WEEK, limit: 100_000 });
    const contacts = await store.contacts({ ...WEEK, limit: 10_000, curves: false });
    await store.close();

    for (const isMale of [true, false])
      expect(visitors.filter(({ gender }) => gender !== null && gender >= 0.5 === isMale).length).toBeGreaterThan(200);
    const ages = visitors.flatMap(({ age }) => (age === null ? [] : [age]));
    for (const [from, to] of [
      [0, 20],
      [20, 30],
      [30, 40],
      [40, 50],
      [50, 90],
    ] as const) {
      expect(ages.filter((age) => age >= from && age < to).length).toBeGreaterThan(50);
    }
    const verdicts = new Set(contacts.map(({ verdict }) => verdict));
    expect(contacts.length).toBeGreaterThan(200);
    expect(verdicts.has('happy')).toBe(true);
    expect(verdicts.size).toBeGreaterThan(1);
    expect(visitors.every(({ startTs }) => startTs < NOW_TS)).toBe(true);
  });
});
