import fc from 'fast-check';
import { expect, it } from 'vitest';
import { EMOTIONS, type EmotionScores } from '../../../../src/contracts/emotion.js';
import type { FrameResult, TrackedFace } from '../../../../src/contracts/face.js';
import type { Me1Aggregate, Me1Params } from '../../../../src/contracts/me1.js';
import { FrameCounter } from '../../../../src/metrics/faces/frame-counter.js';
import { rowKey } from '../../../../src/metrics/faces/me1/me1-aggregate.js';
import { sampled } from '../../../../src/metrics/faces/sample.js';
import { LocalTime } from '../../../../src/time/local-time.js';
import { Me1Accumulator } from '../../../fixtures/me1-accumulator.js';
import { expectSameNumbers } from '../../../fixtures/same-numbers.js';
import { seeded } from '../../../fixtures/seeded.js';
import { face, frame } from '../../../unit/metrics/faces.js';
import { DAY } from '../stores.js';
import { onEveryEngine } from './engines.js';

const PERIOD_MS = 5 * 60_000;
const LAYOUTS = [
  { id: 'one', role: 'customer', zones: [] },
  { id: 'two', role: 'entrance', zones: [{ id: 'till', role: 'seller' }] },
] as const;
const utc = new LocalTime('UTC');

/** Values at the borders of a sum are as likely as all others together. */
const atBorders = (borders: readonly number[], most: number) =>
  fc.oneof(fc.constantFrom(...borders), fc.double({ min: 0, max: most, noNaN: true }));

const anyScores = fc
  .record({
    happiness: atBorders([0, 20, 50, 100], 100),
    weights: fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 6, maxLength: 6 }),
  })
  .map(({ happiness, weights }) => {
    const sum = weights.reduce((total, weight) => total + weight, 0);
    const rest = weights.map((weight) => ((100 - happiness) * weight) / sum);
    const others = EMOTIONS.filter((emotion) => emotion !== 'happiness');
    const scores = Object.fromEntries(others.map((emotion, n) => [emotion, rest[n] ?? 0]));
    return { happiness, ...scores } as EmotionScores;
  });

const anyFace = (track: number, isSeller: boolean): fc.Arbitrary<TrackedFace> =>
  fc
    .record({
      emotions: anyScores,
      age: fc.option(atBorders([0, 19.999, 20, 30, 40, 50], 90)),
      gender: fc.option(atBorders([0, 0.5, 1], 1)),
      sizePx: fc.constantFrom(30, 40, 80),
      recognised: fc.boolean(),
    })
    .map(({ recognised, ...rest }) =>
      face({
        ...rest,
        smoothed: rest.emotions,
        trackId: `t${track}`,
        rejected: recognised ? null : 'yaw',
        ...(isSeller ? { role: 'seller', zoneId: 'till' } : {}),
      }),
    );

const anyFrame: fc.Arbitrary<FrameResult> = fc
  .record({
    at: fc.integer({ min: 0, max: PERIOD_MS - 1 }),
    layout: fc.constantFrom(...LAYOUTS),
    tracks: fc.uniqueArray(fc.integer({ min: 0, max: 5 }), { maxLength: 4 }),
  })
  .chain(({ at, layout, tracks }) =>
    fc.tuple(...tracks.map((track) => anyFace(track, layout.id === 'two' && track % 2 === 0))).map((faces) =>
      frame(
        DAY + at,
        faces.map((one) => (one.role === 'seller' ? one : { ...one, role: layout.role })),
        layout.id,
      ),
    ),
  );
const anyFrames = fc.uniqueArray(anyFrame, { minLength: 1, maxLength: 40, selector: ({ ts }) => ts });

const anyQuestion = fc.record<Partial<Me1Params>>(
  {
    threshold: fc.constantFrom(0, 20, 50, 99, 100),
    role: fc.constantFrom('customer', 'entrance', 'seller'),
    minFacePx: fc.constant(40),
    fromTs: fc.constant(DAY + 60_000),
    toTs: fc.constant(DAY + 200_000),
  },
  { requiredKeys: ['threshold'] },
);

const inOrder = (aggregates: readonly Me1Aggregate[]): Me1Aggregate[] =>
  [...aggregates].sort((a, b) => rowKey(a).localeCompare(rowKey(b)));

onEveryEngine((stores) => {
  it('sums and moments are those that the table of sums gives frame by frame, from samples and from minutes', async () => {
    await fc.assert(
      fc.asyncProperty(anyFrames, anyQuestion, async (frames, question) => {
        const params: Me1Params = {
          fromTs: DAY,
          toTs: DAY + PERIOD_MS,
          threshold: 20,
          smileIndex: 'face',
          ...question,
        };
        const accumulator = new Me1Accumulator(params, utc, 60_000);
        const store = await stores.memory();
        for (const layout of LAYOUTS) {
          const counter = new FrameCounter(layout);
          for (const result of frames.filter(({ streamId }) => streamId === layout.id)) {
            accumulator.add(result, layout);
            const frame = sampled(result);
            store.append({ samples: frame.samples, frames: counter.countsOf(frame) });
          }
        }
        const wanted = inOrder(accumulator.aggregates());
        for (const isRolled of [false, true]) {
          await (isRolled ? store.maintain() : store.flush());
          const found = inOrder((await store.me1(params)).aggregates);
          expect(found.map(rowKey)).toEqual(wanted.map(rowKey));
          found.forEach((row, n) => {
            const { emotionSums: _emotions, moodSum: _mood, clusters: _clusters, ...counts } = wanted[n] ?? row;
            expect(row).toMatchObject(counts);
          });
          // An engine keeps scores but Happiness with seven digits.
          expectSameNumbers(found, wanted, 1e-5);
        }
        await stores.closeStores();
      }),
      seeded('one definition of the sums', 40),
    );
  });
});
