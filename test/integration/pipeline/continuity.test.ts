import { afterEach, describe, expect, it } from 'vitest';
import { printedSeed } from '../../fixtures/seeded.js';
import type { StreamConfig } from '../../../src/config/schema.js';
import type { FrameResult } from '../../../src/contracts/face.js';
import type { StreamWindows } from '../../../src/contracts/window.js';
import { HappyTally } from '../../../src/pipeline/live/happy-tally.js';
import type { FrameNumbers } from '../../../src/pipeline/numbers/numbers-sink.js';
import { pastFrom } from '../../../src/pipeline/live/past.js';
import { StreamNumbers } from '../../../src/pipeline/numbers/stream-numbers.js';
import { LocalTime } from '../../../src/time/local-time.js';
import type { Store } from '../../../src/store/ports/store.js';
import { contact, seeded } from '../../fixtures/store-rows.js';
import { sampled } from '../../../src/metrics/faces/sample.js';
import { face, frame, scores } from '../../unit/metrics/faces.js';
import { silent, Stores } from '../store/stores.js';

const stores = new Stores();
afterEach(() => stores.closeAll());

const HOUR_MS = 3_600_000;
const STREAM: Pick<StreamConfig, 'id' | 'role' | 'zones'> = { id: 'cam', role: 'customer', zones: [] };
const THRESHOLD = 20;
/** Where and when: an ordinary day, and both days on which the clocks change. */
const DAYS = [
  { timeZone: 'Europe/Moscow', midnight: '2026-11-22T00:00:00+03:00' },
  { timeZone: 'Europe/Berlin', midnight: '2026-10-25T00:00:00+02:00' },
  { timeZone: 'Europe/Berlin', midnight: '2026-03-29T00:00:00+01:00' },
] as const;

/** A day's frames at five a second while anybody is there; whoever is there at the cut has another track after it. */
const dayOf = (random: () => number, midnight: number, cutTs: number, untilTs: number): FrameResult[] => {
  const frames = new Map<number, Parameters<typeof frame>[1][number][]>();
  const ends = new Map<number, string[]>();
  const put = <T>(map: Map<number, T[]>, ts: number, value: T): void =>
    void map.set(ts, [...(map.get(ts) ?? []), value]);
  for (let visit = 0; visit < 60; visit += 1) {
    // Half of them in the last minutes, which windows and curves show one by one.
    const earliest = random() < 0.5 ? midnight : Math.max(midnight, cutTs - 1_000_000);
    const startTs = Math.ceil((earliest + random() * (untilTs - earliest)) / 200) * 200;
    const smiles = random() < 0.5;
    const [age, gender] = random() < 0.3 ? [null, null] : [Math.round(random() * 60), random()];
    for (let ts = startTs; ts < Math.min(startTs + 12_000 * random() + 200, untilTs); ts += 200) {
      const trackId = `${visit}${ts > cutTs ? ' again' : ''}`;
      const happiness = smiles ? 20 + 70 * random() ** 0.3 : 30 * random();
      put(frames, ts, face({ trackId, emotions: scores({ happiness }), age, gender }));
      put(ends, ts + 200, trackId);
    }
  }
  return [...frames]
    .sort(([a], [b]) => a - b)
    .map(([ts, faces]) => {
      const here = new Set(faces.map(({ trackId }) => trackId));
      const ended = (ends.get(ts) ?? []).filter((trackId) => !here.has(trackId));
      return frame(ts, faces, STREAM.id, ended);
    });
};

/** The frame with its tracks as another run of the process names them. */
const namedAnew = (result: FrameResult): FrameResult => ({
  ...result,
  faces: result.faces.map((one) => ({ ...one, trackId: `${one.trackId} anew` })),
  endedTracks: result.endedTracks.map((trackId) => `${trackId} anew`),
});

const plain = (windows: StreamWindows): unknown =>
  JSON.parse(
    JSON.stringify(windows, (_key, value: unknown) => (typeof value === 'number' ? Number(value.toFixed(3)) : value)),
  );

const storeOf =
  (store: Store) =>
  (numbers: readonly FrameNumbers[]): void => {
    for (const { samples, frames, tracks } of numbers) store.append({ samples, frames, tracks });
  };

describe.each(DAYS)('live figures on $midnight in $timeZone', ({ timeZone, midnight: text }) => {
  const localTime = new LocalTime(timeZone);
  const midnight = Date.parse(text);

  it('go on after the service was stopped or killed, as if it had not been', async () => {
    const seed = printedSeed('continuity');
    const random = seeded(seed);
    for (const [hours, how] of [
      [0.01, 'killed'],
      [0.2, 'stopped'],
      [2.5, 'stopped'],
      [23.5, 'killed'],
    ] as const) {
      const cutTs = midnight + hours * HOUR_MS;
      const openTs = cutTs + 7000;
      const untilTs = openTs + 20_000;
      const frames = dayOf(random, midnight, cutTs, untilTs).filter(({ ts }) => ts <= cutTs || ts >= openTs);
      const whole = new StreamNumbers(STREAM, THRESHOLD, localTime);
      const before = new StreamNumbers(STREAM, THRESHOLD, localTime);
      const store = await stores.memory();
      const keep = storeOf(store);
      for (const result of frames.filter(({ ts }) => ts <= cutTs)) {
        whole.add(sampled(result));
        keep(before.add(sampled(result)));
      }
      if (how === 'stopped') store.append({ tracks: before.finish() });
      if (random() < 0.5) await store.maintain();
      let nowTs = openTs;
      const clock = { now: () => nowTs };
      const pastOf = pastFrom({ store, localTime, clock, threshold: THRESHOLD, logger: silent });
      let later = frames.filter(({ ts }) => ts >= openTs);
      // What comes while the past is read: nothing, some, or all of it; then perhaps the process dies before it is added.
      const meanwhile = Math.floor(random() * 3) * Math.ceil(later.length / 2);
      let after = new StreamNumbers(STREAM, THRESHOLD, localTime);
      let reading = pastOf([STREAM]);
      for (const result of later.slice(0, meanwhile)) {
        nowTs = result.ts;
        whole.add(sampled(result));
        keep(after.add(sampled(result)));
      }
      later = later.slice(meanwhile);
      if (random() < 0.5) await store.maintain();
      if (random() < 0.5) {
        await reading;
        after = new StreamNumbers(STREAM, THRESHOLD, localTime);
        reading = pastOf([STREAM]);
        later = later.map(namedAnew);
      }
      const own = (await reading).get(STREAM.id);
      if (own !== undefined) after.resume(own, nowTs);
      const check = (ts: number): void => {
        expect(plain(after.snapshot(ts)), `${hours} h`).toEqual(plain(whole.snapshot(ts)));
        expect(after.curve(ts), `${hours} h`).toEqual(whole.curve(ts));
        expect(after.heldSmiles(ts), `${hours} h`).toEqual(whole.heldSmiles(ts));
      };
      check(nowTs);
      for (const result of later) {
        whole.add(sampled(result));
        after.add(sampled(result));
      }
      for (const ms of [0, 5000, 60_000, 14 * 60_000, 25 * HOUR_MS]) check(untilTs + ms);
      await stores.closeStores();
    }
  }, 120_000);
});

it('a clock set back shows the future of the day in today alone; nothing is counted twice', async () => {
  const localTime = new LocalTime('UTC');
  const noon = Date.UTC(2026, 10, 22, 12);
  const store = await stores.memory();
  const before = new StreamNumbers(STREAM, THRESHOLD, localTime);
  const keep = storeOf(store);
  for (let i = 0; i < 50; i += 1) keep(before.add(frame(noon + i * 200, [face({ trackId: 'early' })])));
  store.append({ tracks: before.finish() });
  const clock = { now: () => noon - HOUR_MS };
  const past = await pastFrom({ store, localTime, clock, threshold: THRESHOLD, logger: silent })([STREAM]);
  const after = new StreamNumbers(STREAM, THRESHOLD, localTime);
  after.resume(past.get(STREAM.id) ?? expect.fail('no past'), clock.now());
  after.add(frame(clock.now(), [face({ trackId: 'late' })]));
  expect(after.snapshot(clock.now())).toMatchObject({
    today: { samples: 51, visitors: 2 },
    '15m': { samples: 1, visitors: 1 },
  });
});

it('a past that is read over midnight is no part of the new day', async () => {
  const localTime = new LocalTime('UTC');
  const midnight = Date.UTC(2026, 10, 23);
  const store = await stores.memory();
  const before = new StreamNumbers(STREAM, THRESHOLD, localTime);
  const smile = { emotions: scores({ happiness: 90 }) };
  for (let i = 0; i < 50; i += 1)
    storeOf(store)(before.add(frame(midnight - 20_000 + i * 200, [face({ trackId: 'early', ...smile })])));
  store.append({ tracks: before.finish() });
  const openTs = midnight - 1000;
  const sources = { store, localTime, clock: { now: () => openTs }, threshold: THRESHOLD, logger: silent };
  const reading = pastFrom(sources)([STREAM]);
  const after = new StreamNumbers(STREAM, THRESHOLD, localTime);
  for (let i = 0; i < 10; i += 1) after.add(frame(midnight + i * 200, [face({ trackId: 'late', ...smile })]));
  after.resume((await reading).get(STREAM.id) ?? expect.fail('no past'), openTs);
  expect(after.snapshot(midnight + 2000)).toMatchObject({
    today: { samples: 10, frames: 10, visitors: 1 },
    '15m': { samples: 60, frames: 60, visitors: 2 },
  });
  expect(after.heldSmiles(midnight + 2000)).toHaveLength(1);
});

it('another role of the same camera, another stream and yesterday are no part of it', async () => {
  const localTime = new LocalTime('UTC');
  const noon = Date.UTC(2026, 10, 22, 12);
  const store = await stores.memory();
  const till = { id: 'till', role: 'seller' as const, polygon: [] as [number, number][] };
  const numbers = new StreamNumbers({ ...STREAM, zones: [till] }, THRESHOLD, localTime);
  const other = new StreamNumbers({ ...STREAM, id: 'other' }, THRESHOLD, localTime);
  const keep = storeOf(store);
  keep(numbers.add(frame(noon - 24 * HOUR_MS, [face({ trackId: 'yesterday' })])));
  keep(numbers.add(frame(noon, [face({ trackId: 'seller', role: 'seller', zoneId: 'till' }), face({ trackId: 'b' })])));
  keep(other.add(frame(noon, [face({ trackId: 'c' })], 'other')));
  const clock = { now: () => noon + 1000 };
  const past = await pastFrom({ store, localTime, clock, threshold: THRESHOLD, logger: silent })([STREAM]);
  expect([...past.keys()]).toEqual(['cam']);
  expect(past.get('cam')?.day).toMatchObject({ samples: 1, visitors: 1, frames: 1, framesWithFaces: 1 });
});

it('a store that cannot be read leaves the past out, and says so', async () => {
  const warned: string[] = [];
  const logger = { warn: (_context: unknown, message: string) => void warned.push(message) };
  const store = { past: () => Promise.reject(new Error('disk')) };
  const sources = { store, localTime: new LocalTime('UTC'), clock: { now: () => 0 }, threshold: THRESHOLD };
  const past = await pastFrom({ ...sources, logger: logger as never })([STREAM]);
  expect(past.size).toBe(0);
  expect(warned).toHaveLength(1);
});

it('the Happy-Index goes on from the contacts that ended today', () => {
  const localTime = new LocalTime('Europe/Moscow');
  const midnight = Date.parse('2026-11-22T00:00:00+03:00');
  const judged = (id: string, endTs: number, verdict: 'happy' | 'unhappy') =>
    contact({ id, pointId: 'till', startTs: endTs - 20_000, endTs, verdict });
  const contacts = [
    judged('today', midnight + 60_000, 'happy'),
    judged('over midnight', midnight + 5000, 'happy'),
    judged('yesterday', midnight - 1, 'unhappy'),
  ];
  const resumed = new HappyTally(localTime);
  resumed.resume(contacts, midnight + HOUR_MS);
  expect(resumed.current(midnight + HOUR_MS)).toMatchObject([{ pointId: 'till', happy: 2, unhappy: 0 }]);
  const late = new HappyTally(localTime);
  late.add(judged('meanwhile', midnight + 100_000, 'happy'));
  late.resume([...contacts, judged('meanwhile', midnight + 100_000, 'happy')], midnight + HOUR_MS);
  expect(late.current(midnight + HOUR_MS)).toMatchObject([{ pointId: 'till', happy: 3, unhappy: 0 }]);
  const next = resumed.add(judged('next', midnight + 2 * HOUR_MS, 'unhappy'));
  expect(next).toMatchObject({ happy: 2, unhappy: 1, qualified: 3 });
  expect(resumed.current(midnight + 25 * HOUR_MS)).toEqual([]);
});
