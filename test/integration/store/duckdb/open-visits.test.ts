import { afterEach, expect, it } from 'vitest';
import { LONG_STAY_MS } from '../../../../src/contracts/sample.js';
import { Database } from '../../../../src/store/duckdb/file/database.js';
import { openVisitsFrom } from '../../../../src/store/duckdb/questions/me1-query.js';
import { sample } from '../../../fixtures/store-rows.js';
import { DAY, Stores } from '../stores.js';

const stores = new Stores();
afterEach(() => stores.closeAll());

const MINUTE = 60_000;

it('of more samples than are read at once, visits without a summary are sought for as long as visits last', async () => {
  const { store, config } = await stores.file();
  const newestTs = DAY + 50 * MINUTE;
  store.append({ samples: [sample({ ts: newestTs })] });
  await store.close();
  const database = await Database.open({ path: config.path, memoryLimitMb: 256, threads: 1 });
  const hour = { fromTs: DAY, toTs: DAY + 60 * MINUTE };
  const from = (period: typeof hour, count: number) => openVisitsFrom(database.writer, period, count);
  expect(await from(hour, 1_000_000)).toBe(DAY);
  // A period may end in the future, as today does.
  expect(await from({ ...hour, toTs: DAY + 24 * 60 * MINUTE }, 1_000_001)).toBe(newestTs - LONG_STAY_MS);
  expect(await from({ ...hour, toTs: DAY + 40 * MINUTE }, 1_000_001)).toBe(DAY + 10 * MINUTE);
  expect(await from({ ...hour, fromTs: newestTs - MINUTE }, 2_000_000)).toBe(newestTs - MINUTE);
  await database.close();
});
