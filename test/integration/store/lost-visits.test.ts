import { afterAll, expect, it } from 'vitest';
import { join } from 'node:path';
import { FIRST_TS, generate } from '../../../bench/store-rows.js';
import { TrackAccumulator } from '../../../src/metrics/faces/track-accumulator.js';
import { sumUpLostVisits } from '../../../src/pipeline/upkeep/lost-visits.js';
import { Database } from '../../../src/store/duckdb/file/database.js';
import type { Store } from '../../../src/store/ports/store.js';
import { crowd, sample, summaryOf } from '../../fixtures/store-rows.js';
import { writeAndKill } from './duckdb/killed.js';
import { DAY, Stores, storeConfig, TestClock } from './stores.js';

const stores = new Stores();
afterAll(() => stores.closeAll());

const HOUR = 3_600_000;

const sumUp = async (store: Store, nowTs: number): Promise<number> =>
  sumUpLostVisits(store, await store.lostVisits(nowTs));

it('a visit summed up afterwards has the summary it would have had, and is summed up once', async () => {
  const { store } = await stores.file();
  const rows = crowd({ seed: 5, fromTs: DAY, minutes: 3 });
  const [known, lost] = [rows.tracks.slice(0, 5), rows.tracks.slice(5)];
  store.append({ samples: rows.samples, frames: rows.frames, tracks: known });
  const asked = store.lostVisits(DAY + HOUR);
  // What comes after the question goes on, and is nobody's to sum up.
  store.append({ samples: [sample({ ts: DAY + 1000, trackId: 'going on' })] });
  const found = await asked;
  expect(found.map(({ trackId }) => trackId).sort()).toEqual(lost.map(({ trackId }) => trackId).sort());
  expect(await sumUpLostVisits(store, found)).toBe(lost.length);
  const live = new TrackAccumulator();
  live.add(rows.samples);
  const expected = new Map(live.flush().map((one) => [`${one.trackId} ${one.role}`, one]));
  const stored = await store.tracks({ fromTs: DAY, toTs: DAY + HOUR, limit: 10_000 });
  expect(stored).toHaveLength(rows.tracks.length);
  for (const one of stored.filter(({ trackId }) => lost.some((other) => other.trackId === trackId))) {
    const own = expected.get(`${one.trackId} ${one.role}`);
    expect({ ...one, emotions: null, moodMean: null, frameShare: null }).toEqual({
      ...{ ...own, emotions: null, moodMean: null, frameShare: null },
    });
    expect(one.moodMean).toBeCloseTo(own?.moodMean ?? NaN, 3);
    expect(one.frameShare).toBeCloseTo(own?.frameShare ?? NaN, 6);
  }
  expect((await store.lostVisits(DAY + HOUR)).map(({ trackId }) => trackId)).toEqual(['going on']);
});

it('kill -9 among more than a million samples: who was in view then counts among those who smiled or did not', async () => {
  const path = join(await stores.folder(), 'emoscope.duckdb');
  const database = await Database.open({ path, memoryLimitMb: 512, threads: 2 });
  await generate(database.writer, { samples: 1_000_080, days: 1, streams: 8 }, () => undefined);
  await database.close();
  const killTs = FIRST_TS + 12 * HOUR;
  const { committed } = await writeAndKill(path, killTs, 40, 5);
  const clock = new TestClock(FIRST_TS + 22 * HOUR);
  const store = await stores.open(storeConfig({ path, retention: { samples: '3650d' } }), clock);
  // The service went on for hours after its next start.
  const later = [0, 1, 2].map((n) => sample({ ts: killTs + 6 * HOUR + n * 200, trackId: 'later' }));
  store.append({ samples: later, tracks: [summaryOf(later)] });
  await store.flush();
  const day = { fromTs: FIRST_TS, toTs: FIRST_TS + 24 * HOUR, threshold: 20, smileIndex: 'person' as const };
  const persons = async () => {
    const { aggregates } = await store.me1(day);
    const row = aggregates.find(({ streamId }) => streamId === 'a');
    return row?.clusters.ratios.person;
  };
  expect(await persons()).toMatchObject({ x: 1 });
  const lost = await sumUp(store, clock.now());
  expect(lost).toBeGreaterThanOrEqual(committed - killTs);
  const told = await persons();
  expect(told?.x).toBe(1 + lost);
  // A visit of the killed process is one sample with a Happiness of 0…100 in turn.
  const smiling = Array.from({ length: lost }, (_, n) => (killTs + n) % 101).filter((happiness) => happiness >= 20);
  expect(told?.y).toBe(1 + smiling.length);
  expect(await sumUp(store, clock.now())).toBe(0);
}, 240_000);
