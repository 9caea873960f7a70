import { afterEach, expect, it } from 'vitest';
import { configSchema } from '../../../src/config/schema.js';
import { chartSpan } from '../../../src/contracts/chart-span.js';
import { createReportModels } from '../../../src/pipeline/ports/reports-port.js';
import { LocalTime } from '../../../src/runtime/local-time.js';
import { crowd } from '../../fixtures/store-rows.js';
import { DAY, storeConfig, Stores, TestClock } from './stores.js';

const stores = new Stores();
afterEach(() => stores.closeAll());

const MINUTE_MS = 60_000;
const WEEK = { fromTs: DAY - 86_400_000, toTs: DAY + 6 * 86_400_000 };

it('shows a line of a store that is ten minutes old, not one dot of a week', async () => {
  const store = await stores.open(storeConfig({ kind: 'memory' }));
  expect(await store.filled(WEEK)).toBeNull();
  store.append(crowd({ seed: 5, fromTs: DAY, minutes: 10 }));
  await store.flush();
  const config = configSchema.parse({ privacy: { kAnonymity: 1 } });
  const reports = createReportModels({
    ...{ store, config: () => config, localTime: new LocalTime('UTC'), clock: new TestClock() },
  });
  for (const rolled of [false, true]) {
    if (rolled) await store.maintain();
    const filled = await store.filled(WEEK);
    expect(filled?.fromTs).toBe(DAY);
    expect(Math.ceil(((filled?.toTs ?? 0) - DAY) / MINUTE_MS)).toBe(10);
    const { bucketMs, series } = await reports.me1({ ...WEEK, threshold: 20, smileIndex: 'face' }, null);
    expect(bucketMs).toBe(MINUTE_MS);
    expect(new Set(series.map(({ ts }) => ts)).size).toBe(10);
    const times = series.map(({ ts }) => ts);
    expect(chartSpan(times, WEEK, bucketMs)).toEqual({ fromTs: DAY - MINUTE_MS, toTs: DAY + 11 * MINUTE_MS });
  }
});

it('leaves the axis of a period that is filled, or holds nothing, as it is', () => {
  const day = { fromTs: DAY, toTs: DAY + 86_400_000 };
  expect(chartSpan([], day, MINUTE_MS)).toEqual(day);
  expect(chartSpan([DAY + 9 * 3_600_000, DAY + 21 * 3_600_000], day, 3_600_000)).toEqual(day);
});
