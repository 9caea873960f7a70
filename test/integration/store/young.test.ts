import { afterEach, expect, it } from 'vitest';
import { configSchema } from '../../../src/config/schema.js';
import { chartSpan } from '../../../src/charts/chart-span.js';
import { CellMaker } from '../../../src/pipeline/cells/cell-maker.js';
import { reportModels } from '../../fixtures/report-models.js';
import { LocalTime } from '../../../src/time/local-time.js';
import { crowd, sample, summaryOf } from '../../fixtures/store-rows.js';
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
  const reports = reportModels({
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
    expect(chartSpan(series, WEEK, bucketMs)).toEqual({ fromTs: DAY - MINUTE_MS, toTs: DAY + 11 * MINUTE_MS });
  }
});

it('leaves the axis of a period that is filled, or holds nothing, as it is', () => {
  const day = { fromTs: DAY, toTs: DAY + 86_400_000 };
  const series = [9, 21].map((hour) => ({ ts: DAY + hour * 3_600_000, analysedFrames: 1 }));
  expect(chartSpan([], day, MINUTE_MS)).toEqual(day);
  expect(chartSpan(series, day, 3_600_000)).toEqual(day);
});

it('takes steps as long as the intervals that figures are made of, so that points have neighbours', async () => {
  const clock = new TestClock(DAY + 12 * 60 * MINUTE_MS);
  const store = await stores.memory({}, clock);
  const config = configSchema.parse({ streams: [{ id: 'hall', url: '/hall.mp4', role: 'entrance' }] });
  const localTime = new LocalTime('UTC');
  for (let n = 0; n < 150; n += 1) {
    const ts = DAY + n * 4 * MINUTE_MS;
    const own = [0, 1, 2].map((second) =>
      sample({ streamId: 'hall', role: 'entrance', trackId: `v${n}`, ts: ts + second * 1000 }),
    );
    const frame = {
      ts,
      streamId: 'hall',
      role: 'entrance' as const,
      zoneId: null,
      analysed: 3,
      withFaces: 3,
      faces: 3,
    };
    store.append({ samples: own, tracks: [summaryOf(own)], frames: [frame] });
  }
  await store.flush();
  await store.maintain();
  await new CellMaker({ store, localTime, clock, privacy: () => config.privacy }).run();
  const reports = reportModels({ store, config: () => config, localTime, clock });
  const day = { fromTs: DAY, toTs: DAY + 24 * 60 * MINUTE_MS };
  const { bucketMs, series } = await reports.me1({ ...day, threshold: 20, smileIndex: 'face' }, null);
  const times = series.map(({ ts }) => ts);
  expect(times.length).toBeGreaterThan(5);
  const neighboured = times.filter((ts) => times.includes(ts - bucketMs) || times.includes(ts + bucketMs));
  expect(neighboured.length / times.length).toBeGreaterThan(0.8);
});
