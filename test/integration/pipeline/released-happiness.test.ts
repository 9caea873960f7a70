import { afterAll, describe, expect, it } from 'vitest';
import { configSchema } from '../../../src/config/schema.js';
import type { HappyIndexEvent } from '../../../src/contracts/events.js';
import { CellMaker } from '../../../src/pipeline/cells/cell-maker.js';
import { ReleasedHappiness } from '../../../src/pipeline/live/released-happiness.js';
import { LocalTime } from '../../../src/time/local-time.js';
import { contact } from '../../fixtures/store-rows.js';
import { DAY, Stores, TestClock } from '../store/stores.js';

const HOUR = 3_600_000;
const stores = new Stores();
afterAll(() => stores.closeAll());

describe('Happy-Index for those who may not be told of single contacts', () => {
  it('moves when a whole shift is given out, never by one contact', async () => {
    const clock = new TestClock(DAY + 9 * HOUR);
    const store = await stores.memory({}, clock);
    const localTime = new LocalTime('UTC');
    const config = configSchema.parse({
      streams: ['a', 'b'].map((id) => ({ id, url: 'x' })),
      contacts: [{ id: 'till-1', seller: 'a', customer: 'b' }],
    });
    const sources = { store, config: () => config, localTime, clock };
    const told: Omit<HappyIndexEvent, 'seq'>[] = [];
    const maker = new CellMaker({ store, localTime, clock, privacy: () => config.privacy });
    const happiness = new ReleasedHappiness(sources, (event) => told.push(event));
    const turn = async (): Promise<void> => {
      await store.flush();
      await maker.run();
      await happiness.refresh();
    };
    /** A contact each ten minutes, from nine to midnight; every third is not happy. */
    for (let minute = 0; minute < 15 * 60; minute += 10) {
      const startTs = DAY + 9 * HOUR + minute * 60_000;
      const verdict = minute % 30 === 0 ? ('indifferent' as const) : ('happy' as const);
      store.append({ contacts: [contact({ id: `c${minute}`, startTs, endTs: startTs + 9000, verdict })] });
      clock.move(10 * 60_000);
      await turn();
    }
    clock.move(HOUR);
    await turn();
    expect(told.map(({ covered }) => covered)).toEqual([
      { fromTs: DAY, toTs: DAY + 12 * HOUR },
      { fromTs: DAY, toTs: DAY + 24 * HOUR },
    ]);
    expect(told.map(({ contacts }) => contacts)).toEqual([18, 90]);
    for (const { qualified, happy } of told) expect(happy / qualified).toBeCloseTo(2 / 3, 10);
  });
});
