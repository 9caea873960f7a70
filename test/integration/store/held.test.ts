import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { printedSeed } from '../../fixtures/seeded.js';
import type { FrameResult } from '../../../src/contracts/face.js';
import { FrameCounter } from '../../../src/metrics/frame-counter.js';
import { samplesOf } from '../../../src/metrics/sample.js';
import { StoringSink } from '../../../src/pipeline/storing-sink.js';
import { StreamNumbers } from '../../../src/pipeline/stream-numbers.js';
import { configSchema } from '../../../src/config/schema.js';
import { LocalTime } from '../../../src/runtime/local-time.js';
import type { Store } from '../../../src/store/port.js';
import { seeded } from '../../fixtures/store-rows.js';
import { face, frame, scores } from '../../unit/metrics/faces.js';
import { DAY, storeConfig, Stores } from './stores.js';

const stores = new Stores();
afterEach(() => stores.closeAll());

const STREAM = { id: 'cam', role: 'customer' as const, zones: [] };
const STEP_MS = 200;

interface Visit {
  readonly trackId: string;
  readonly from: number;
  readonly to: number;
  /** Frame in which it is judged, and how. */
  readonly judgedAt: number;
  readonly still: boolean;
}

/** People and posters that come and go; each is unsure until it is judged. */
const framesOf = (visits: readonly Visit[], count: number): FrameResult[] =>
  Array.from({ length: count }, (_, n) => {
    const faces = visits
      .filter(({ from, to }) => n >= from && n < to)
      .map(({ trackId, judgedAt, still }) => {
        const unsure = n < judgedAt;
        return face({
          trackId,
          unsure,
          rejected: !unsure && still ? 'still' : null,
          emotions: scores({ happiness: n % 90 }),
        });
      });
    const ended = visits.filter(({ to }) => to === n).map(({ trackId }) => trackId);
    return frame(DAY + n * STEP_MS, faces, STREAM.id, ended);
  });

const sinkOf = (store: Store, sellerAnalytics: 'on' | 'off' = 'on'): StoringSink => {
  const { privacy } = configSchema.parse({ privacy: { jurisdiction: 'other', sellerAnalytics } });
  return new StoringSink(store, { push: () => undefined } as never, privacy);
};

const sums = async (store: Store) => {
  const query = { fromTs: DAY, toTs: DAY + 3_600_000, threshold: 20, smileIndex: 'face' } as const;
  const { aggregates } = await store.me1(query, 'raw');
  return aggregates.map(({ samples, absolute, analysedFrames, framesWithFaces, emotionSums }) => ({
    ...{ samples, absolute, analysedFrames, framesWithFaces },
    happiness: Math.round(emotionSums.happiness),
  }));
};

it('a process that dies loses no frame: what was settled counts as it was judged, what waited as it came', async () => {
  const seed = printedSeed('held');
  const random = seeded(seed);
  for (let round = 0; round < 3; round += 1) {
    const whole = (most: number): number => Math.floor(random() * most);
    const visits = Array.from({ length: 6 }, (_, n): Visit => {
      const from = whole(80);
      return {
        trackId: `t${n}`,
        from,
        to: from + 5 + whole(60),
        judgedAt: from + 10 + whole(24),
        still: random() < 0.3,
      };
    });
    const cut = 40 + whole(60);
    const results = framesOf(visits, cut);
    const folder = await stores.folder();
    const path = join(folder, 'emoscope.duckdb');
    const store = await stores.open(storeConfig({ path }));
    const sink = sinkOf(store);
    const numbers = new StreamNumbers(STREAM, 20, new LocalTime('UTC'), (rows) => sink.hold(rows));
    for (const result of results) {
      for (const settled of numbers.add(result)) sink.numbers(settled);
      if (random() < 0.4) await store.flush();
    }
    await store.flush();
    // What is on disk at this moment is what a kill leaves.
    const copy = join(folder, 'copy.duckdb');
    await store.backup(copy);
    const settledBefore = await sums(store);
    const left = await stores.open(storeConfig({ path: copy }));
    // A frame that still waits counts as it stood when it came, also with a face that was found to be a picture since.
    const reference = new StreamNumbers(STREAM, 20, new LocalTime('UTC'));
    const expected = await stores.memory();
    const settled = results.flatMap((result) => reference.add(result));
    for (const { samples, frames } of settled) expected.append({ samples, frames });
    const counter = new FrameCounter(STREAM);
    for (const result of results.slice(settled.length))
      expected.append({ samples: samplesOf(result), frames: counter.countsOf(result) });
    await expected.flush();
    expect(await sums(left)).toEqual(await sums(expected));
    expect((await sums(left))[0]?.analysedFrames).toBe(cut);
    expect(settledBefore[0]?.analysedFrames ?? 0).toBeLessThanOrEqual(cut);
    // Taken up once: another start finds nothing more.
    await left.close();
    const again = await stores.open(storeConfig({ path: copy }));
    expect(await sums(again)).toEqual(await sums(expected));
    await stores.closeStores();
  }
}, 120_000);

it('a poster that is judged in time never enters a figure, and nothing is left waiting', async () => {
  const { store, config } = await stores.file();
  const sink = sinkOf(store);
  const numbers = new StreamNumbers(STREAM, 20, new LocalTime('UTC'), (rows) => sink.hold(rows));
  const poster = { trackId: 'poster', from: 0, to: 100, judgedAt: 30, still: true };
  for (const result of framesOf([poster], 60)) {
    for (const settled of numbers.add(result)) sink.numbers(settled);
    await store.flush();
  }
  expect(await sums(store)).toMatchObject([{ samples: 0, analysedFrames: 60, framesWithFaces: 0 }]);
  await store.close();
  const again = await stores.open(config);
  await again.flush();
  expect(await sums(again)).toMatchObject([{ samples: 0, analysedFrames: 60 }]);
}, 60_000);

it('sellers do not wait on disk where they are not to be kept', async () => {
  const { store, config } = await stores.file();
  const sink = sinkOf(store, 'off');
  const numbers = new StreamNumbers({ ...STREAM, role: 'seller' }, 20, new LocalTime('UTC'), (rows) => sink.hold(rows));
  numbers.add(frame(DAY, [face({ trackId: 's', role: 'seller', unsure: true })]));
  await store.close();
  const again = await stores.open(config);
  await again.flush();
  expect(await sums(again)).toEqual([]);
}, 60_000);
