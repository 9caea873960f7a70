import { afterEach, expect, it } from 'vitest';
import type { FrameResult, TrackedFace } from '../../../src/contracts/face.js';
import { EMOTIONS } from '../../../src/contracts/emotion.js';
import type { Me1Params } from '../../../src/contracts/me1.js';
import { FrameCounter, type StreamLayout } from '../../../src/metrics/faces/frame-counter.js';
import { LocalTime } from '../../../src/time/local-time.js';
import { Me1Accumulator } from '../../fixtures/me1-accumulator.js';
import { sampled } from '../../../src/metrics/faces/sample.js';
import { scores, seeded } from '../../fixtures/store-rows.js';
import { DAY, Stores } from './stores.js';

const stores = new Stores();
afterEach(() => stores.closeAll());

const LAYOUTS: readonly StreamLayout[] = [
  { id: 'hall', role: 'customer', zones: [{ id: 'till', role: 'seller' }] },
  { id: 'door', role: 'entrance', zones: [] },
];

/** Six minutes of frames with people who come, smile and go. */
const frames = (layout: StreamLayout, seed: number): FrameResult[] => {
  const random = seeded(seed);
  return Array.from({ length: 6 * 60 * 2 }, (_, seq): FrameResult => {
    const faces = Array.from({ length: Math.floor(random() * 4) }, (_, n): TrackedFace => {
      const atTill = layout.zones.length > 0 && n === 0;
      const happiness = random() < 0.1 ? 20 : random() * 100;
      return {
        trackId: `${layout.id}-${n}-${Math.floor(seq / 40)}`,
        box: { x: 0.2, y: 0.2, width: 0.1, height: 0.1 },
        score: 0.9,
        sizePx: 20 + Math.floor(random() * 60),
        emotions: scores(random() * 100, random),
        smoothed: scores(happiness, random),
        age: random() < 0.2 ? null : 15 + Math.floor(random() * 50),
        gender: random() < 0.2 ? null : random(),
        pose: { yaw: 0, pitch: 0, roll: 0 },
        attention: random() < 0.5,
        quality: 0.8,
        rejected: random() < 0.1 ? 'size' : null,
        zoneId: atTill ? 'till' : null,
        role: atTill ? 'seller' : layout.role,
      };
    });
    return {
      streamId: layout.id,
      seq,
      ts: DAY + seq * 500,
      width: 640,
      height: 360,
      faces,
      endedTracks: [],
      latencyMs: 20,
    };
  });
};

it('agrees with the aggregates that an offline run builds from the same frames: rows, intervals, charts', async () => {
  const localTime = new LocalTime('Europe/Moscow');
  const runs = LAYOUTS.map((layout, n) => ({ layout, results: frames(layout, n + 1) }));
  const store = await stores.memory();
  for (const { layout, results } of runs) {
    const counter = new FrameCounter(layout);
    for (const result of results) {
      const frame = sampled(result);
      store.append({ samples: frame.samples, frames: counter.countsOf(frame) });
    }
  }
  const cases: readonly Partial<Me1Params>[] = [
    {},
    { threshold: 57 },
    { threshold: 20.5 },
    { role: 'seller' },
    { streams: ['door'] },
    { minFacePx: 40 },
    { fromTs: DAY + 61_000, toTs: DAY + 4 * 60_000 + 30_000 },
    { fromTs: DAY + 61_300, toTs: DAY + 4 * 60_000 + 30_400 },
  ];
  const period = { fromTs: DAY, toTs: DAY + 6 * 60_000, threshold: 20, smileIndex: 'face' } as const;
  const bucketMs = 180_000;
  for (const rolled of [false, true]) {
    await (rolled ? store.maintain() : store.flush());
    // Before the roll-up everything is raw, so two cases tell.
    for (const fields of rolled ? cases : cases.slice(-3)) {
      const params: Me1Params = { ...period, ...fields };
      const offline = new Me1Accumulator(params, localTime, bucketMs);
      for (const { layout, results } of runs) for (const result of results) offline.add(result, layout);
      const { aggregates } = await store.me1(params);
      const order = (a: { role: string; streamId: string }, b: { role: string; streamId: string }) =>
        `${a.role} ${a.streamId}`.localeCompare(`${b.role} ${b.streamId}`);
      const wanted = offline.aggregates().sort(order);
      const name = JSON.stringify({ rolled, ...fields });
      expect(aggregates.length, name).toBe(wanted.length);
      wanted.forEach((want, n) => {
        const row = aggregates[n];
        const { emotionSums, moodSum, clusters, ...counts } = want;
        expect(row, name).toMatchObject(counts);
        for (const emotion of EMOTIONS) {
          expect(row?.emotionSums[emotion], `${name} ${emotion}`).toBeCloseTo(emotionSums[emotion], 2);
        }
        expect(row?.moodSum).toBeCloseTo(moodSum, 2);
        expect(row?.clusters.tracks).toBe(clusters.tracks);
        for (const [ratio, moments] of Object.entries(clusters.ratios)) {
          const found = row?.clusters.ratios[ratio as 'face'];
          for (const key of ['y', 'x', 'yy', 'xy', 'xx', 'm'] as const) {
            expect((found?.[key] ?? 0) / (moments[key] || 1), `${name} ${ratio} ${key}`).toBeCloseTo(
              moments[key] === 0 ? 0 : 1,
              5,
            );
          }
        }
      });
      const bucketStarts = localTime.bucketStarts(params.fromTs, params.toTs, bucketMs);
      const { rows } = await store.series({ ...params, bucketStarts });
      const plain = rows.map(({ ts, streamId, role, analysedFrames, framesWithFaces, samples, absolute, ...row }) => ({
        ts,
        streamId,
        role,
        analysedFrames,
        framesWithFaces,
        samples,
        absolute,
        visitors: row.visitors,
        smilingVisitors: row.smilingVisitors,
      }));
      const byTime = (a: (typeof plain)[number], b: (typeof plain)[number]) => a.ts - b.ts || order(a, b);
      const charts = offline.series().map(({ happinessSum: _happiness, ...sums }) => sums);
      expect(plain.sort(byTime), name).toEqual(charts.sort(byTime));
    }
  }
});
