import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EMOTIONS, type EmotionScores } from '../../../../src/contracts/emotion.js';
import type { FrameResult, TrackedFace } from '../../../../src/contracts/face.js';
import { AGE_BUCKETS, SMILE_READINGS, type Me1Aggregate, type Me1Params } from '../../../../src/contracts/me1.js';
import type { Me1Report } from '../../../../src/contracts/figures/me1-schema.js';
import { LocalTime } from '../../../../src/time/local-time.js';
import { addAggregates, emptyAggregate } from '../../../../src/metrics/faces/me1/me1-aggregate.js';
import { Me1Accumulator } from '../../../fixtures/me1-accumulator.js';
import { checkMe1Params } from '../../../../src/metrics/faces/me1/me1-params.js';
import { buildMe1 } from '../../../../src/metrics/faces/me1/me1.js';
import { expectSameNumbers } from '../../../fixtures/same-numbers.js';
import { face, frame } from '../faces.js';

const utc = new LocalTime('UTC');
const PERIOD_MS = 600_000;
const params: Me1Params = { fromTs: 0, toTs: PERIOD_MS, threshold: 20, smileIndex: 'face' };
const layouts = [
  { id: 'one', role: 'customer', zones: [] },
  { id: 'two', role: 'customer', zones: [{ id: 'till', role: 'seller' }] },
] as const;
const streams = layouts.map(({ id, role }) => ({ id, name: id, role }));

const anyScores = fc
  .array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 7, maxLength: 7 })
  .map((weights) => {
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return Object.fromEntries(EMOTIONS.map((name, i) => [name, (100 * (weights[i] ?? 0)) / sum]));
  })
  .map((record) => record as unknown as EmotionScores);

const anyFace = (track: number, seller: boolean): fc.Arbitrary<TrackedFace> =>
  fc
    .record({
      emotions: anyScores,
      age: fc.option(fc.double({ min: 0, max: 90, noNaN: true })),
      gender: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
      sizePx: fc.integer({ min: 10, max: 200 }),
      recognised: fc.boolean(),
    })
    .map(({ recognised, ...rest }) =>
      face({
        ...rest,
        smoothed: rest.emotions,
        trackId: `t${track}`,
        rejected: recognised ? null : 'yaw',
        ...(seller ? { role: 'seller', zoneId: 'till' } : {}),
      }),
    );

const anyFrame: fc.Arbitrary<FrameResult> = fc
  .record({
    ts: fc.integer({ min: 0, max: PERIOD_MS - 1 }),
    streamId: fc.constantFrom('one', 'two'),
    tracks: fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { maxLength: 4 }),
  })
  .chain(({ ts, streamId, tracks }) =>
    fc
      .tuple(...tracks.map((track) => anyFace(track, streamId === 'two' && track % 2 === 0)))
      .map((faces) => frame(ts, faces, streamId)),
  );
const anyFrames = fc.array(anyFrame, { minLength: 1, maxLength: 40 });

const accumulate = (frames: readonly FrameResult[], over: Partial<Me1Params> = {}): Me1Accumulator => {
  const accumulator = new Me1Accumulator({ ...params, ...over }, utc, 60_000);
  for (const result of frames) {
    const layout = layouts.find(({ id }) => id === result.streamId);
    if (layout !== undefined) accumulator.add(result, layout);
  }
  return accumulator;
};

const report = (aggregates: readonly Me1Aggregate[], over: Partial<Me1Params> = {}): Me1Report =>
  buildMe1({
    totalName: 'Итого',
    params: { ...params, ...over },
    aggregates,
    series: [],
    streams,
    localTime: utc,
    bucketMs: 60_000,
    generatedTs: 0,
  });

/** Equal up to the last bits, which depend on the order of additions. */
const expectSame = (a: unknown, b: unknown): void => expectSameNumbers(a, b, 1e-6);

const values = (of: Me1Report): unknown =>
  [...of.rows, of.total].map((row) => ({
    name: row.name,
    role: row.role,
    smile: row.smileIndex.value,
    male: row.malePercent.value,
    ages: AGE_BUCKETS.map((bucket) => row.agePercent[bucket].value),
    emotions: EMOTIONS.map((emotion) => row.emotions[emotion].value),
    mood: row.mood.value,
    counts: [row.samples, row.absolute, row.framesWithFaces, row.analysedFrames],
    utilization: row.utilizationPercent,
  }));

describe('МЭ-1 as arithmetic', () => {
  it('shares sum to 100, emotions too, and Utilization is a percentage', () => {
    fc.assert(
      fc.property(anyFrames, (frames) => {
        const { rows, total } = report(accumulate(frames).aggregates());
        for (const row of [...rows, total]) {
          const { malePercent, femalePercent, agePercent, emotions } = row;
          if (malePercent.value !== null) expect(malePercent.value + (femalePercent.value ?? NaN)).toBeCloseTo(100, 9);
          const ages = AGE_BUCKETS.map((bucket) => agePercent[bucket].value);
          if (ages[0] !== null)
            expect(ages.reduce<number>((sum, share) => sum + (share ?? NaN), 0)).toBeCloseTo(100, 9);
          const means = EMOTIONS.map((emotion) => emotions[emotion].value);
          if (row.samples > 0) expect(means.reduce<number>((sum, mean) => sum + (mean ?? NaN), 0)).toBeCloseTo(100, 6);
          expect(row.utilizationPercent ?? 0).toBeGreaterThanOrEqual(0);
          expect(row.utilizationPercent ?? 0).toBeLessThanOrEqual(100);
        }
      }),
    );
  });

  it('every interval holds its value', () => {
    fc.assert(
      fc.property(anyFrames, fc.constantFrom(...SMILE_READINGS), (frames, smileIndex) => {
        const { rows, total } = report(accumulate(frames, { smileIndex }).aggregates(), { smileIndex });
        for (const row of [...rows, total]) {
          const { smileIndex: index, malePercent, femalePercent, agePercent, emotions, mood } = row;
          const figures = [
            index,
            malePercent,
            femalePercent,
            mood,
            ...Object.values(agePercent),
            ...Object.values(emotions),
          ];
          for (const { value, low, high } of figures) {
            if (value === null || low === null || high === null) continue;
            expect(low).toBeLessThanOrEqual(value + 1e-9);
            expect(high).toBeGreaterThanOrEqual(value - 1e-9);
          }
        }
      }),
    );
  });

  it('does not depend on the order of frames or of faces within them', () => {
    fc.assert(
      fc.property(anyFrames, fc.infiniteStream(fc.nat()), (frames, random) => {
        const keys = frames.map(() => random.next().value as number);
        const shuffled = frames
          .map((one, i) => ({ one: { ...one, faces: [...one.faces].reverse() }, key: keys[i] ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ one }) => one);
        const inOrder = report(accumulate(frames).aggregates());
        expectSame(report(accumulate(shuffled).aggregates()).total, inOrder.total);
      }),
    );
  });

  it('merges periods in any grouping into the same report as the whole', () => {
    fc.assert(
      fc.property(
        anyFrames,
        fc.integer({ min: 0, max: PERIOD_MS }),
        fc.integer({ min: 0, max: PERIOD_MS }),
        (frames, a, b) => {
          const [first, second] = [Math.min(a, b), Math.max(a, b)];
          const part = (from: number, to: number): Me1Aggregate[] =>
            accumulate(frames.filter(({ ts }) => ts >= from && ts < to)).aggregates();
          const parts = [part(0, first), part(first, second), part(second, PERIOD_MS)];
          const whole = values(report(accumulate(frames).aggregates()));
          expectSame(values(report(parts.flat())), whole);
          expectSame(values(report(parts.reverse().flat())), whole);
        },
      ),
    );
  });

  const rowOfOne = (frames: readonly FrameResult[]): Me1Aggregate =>
    accumulate(frames, { streams: ['one'] }).aggregates()[0] ?? emptyAggregate('one', 'customer');

  it('adds aggregates associatively and commutatively, intervals included', () => {
    fc.assert(
      fc.property(anyFrames.map(rowOfOne), anyFrames.map(rowOfOne), anyFrames.map(rowOfOne), (a, b, c) => {
        const left = addAggregates(addAggregates(a, b), c);
        expectSame(addAggregates(a, addAggregates(b, c)), left);
        expectSame(addAggregates(addAggregates(c, b), a), left);
        expectSame(report([c, a, b]).total, report([left]).total);
      }),
    );
  });

  it('pools streams in any order into the same total', () => {
    fc.assert(
      fc.property(anyFrames, (frames) => {
        const aggregates = accumulate(frames).aggregates();
        expectSame(report([...aggregates].reverse()).total, report(aggregates).total);
      }),
    );
  });

  it('Smile-Index never rises with T', () => {
    fc.assert(
      fc.property(
        anyFrames,
        fc.double({ min: 0, max: 100, noNaN: true }),
        fc.double({ min: 0, max: 100, noNaN: true }),
        (frames, s, t) => {
          const index = (threshold: number): number =>
            report(accumulate(frames, { threshold }).aggregates(), { threshold }).total.smileIndex.value ?? 0;
          expect(index(Math.max(s, t))).toBeLessThanOrEqual(index(Math.min(s, t)));
        },
      ),
    );
  });

  it("keeps the sellers of a zone in a row of their own and the parameters' limits", () => {
    fc.assert(
      fc.property(anyFrames, (frames) => {
        const all = accumulate(frames).aggregates();
        const role = accumulate(frames, { role: 'seller' }).aggregates();
        expect(role).toEqual(all.filter((row) => row.role === 'seller'));
        const zone = accumulate(frames, { zoneId: 'till' }).aggregates();
        expect(zone.reduce((sum, row) => sum + row.samples, 0)).toBe(role.reduce((sum, row) => sum + row.samples, 0));
        const large = accumulate(frames, { minFacePx: 100 }).aggregates();
        const faces = frames.flatMap((one) => one.faces).filter((one) => one.rejected === null && one.sizePx >= 100);
        expect(large.reduce((sum, row) => sum + row.samples, 0)).toBe(faces.length);
      }),
    );
  });
});

describe('checkMe1Params', () => {
  it.each([
    ['an empty period', { fromTs: 5, toTs: 5 }, 'PERIOD_INVALID'],
    ['a reversed period', { fromTs: 6, toTs: 5 }, 'PERIOD_INVALID'],
    ['no end', { toTs: NaN }, 'PERIOD_INVALID'],
    ['T below 0', { threshold: -1 }, 'THRESHOLD_INVALID'],
    ['T above 100', { threshold: 100.5 }, 'THRESHOLD_INVALID'],
    ['T that is no number', { threshold: NaN }, 'THRESHOLD_INVALID'],
    ['a level over nothing', { threshold: 0, smileIndex: 'level' as const }, 'THRESHOLD_INVALID'],
    ['an unknown stream', { streams: ['one', 'three'] }, 'STREAM_UNKNOWN'],
  ])('refuses %s', (_, over, code) => {
    expect(() => checkMe1Params({ ...params, ...over }, ['one', 'two'])).toThrow(expect.objectContaining({ code }));
  });

  it('lets the limits of T pass', () => {
    for (const threshold of [0, 100]) expect(() => checkMe1Params({ ...params, threshold }, [])).not.toThrow();
  });
});

describe('buildMe1', () => {
  it('puts the exact value into the interval where the moments rest on whole tracks', () => {
    const frames = Array.from({ length: 40 }, (_, i) =>
      frame(i * 1000, [face({ trackId: `t${i % 8}`, gender: i % 3 === 0 ? 0.9 : 0.1 })], 'one'),
    );
    const [row] = accumulate(frames).aggregates();
    if (row === undefined) throw new Error('no row');
    const half = { ...row, male: 2, female: 18 };
    const { malePercent } = report([row]).total;
    const moved = report([half]).total.malePercent;
    expect(moved.value).toBe(10);
    expect((moved.high ?? NaN) - 10).toBeCloseTo((malePercent.high ?? NaN) - (malePercent.value ?? NaN), 9);
  });

  it('gives a configured stream without data an empty row and keeps a removed one that has data', () => {
    const gone = accumulate([frame(0, [face()], 'one')])
      .aggregates()
      .map((row) => ({ ...row, streamId: 'gone' }));
    const { rows } = report(gone);
    expect(rows.map(({ name, samples, utilizationPercent }) => [name, samples, utilizationPercent])).toEqual([
      ['one', 0, null],
      ['two', 0, null],
      ['gone', 1, 100],
    ]);
  });

  it('splits the rows of a stream whose role changed mid-period', () => {
    const [before] = accumulate([frame(0, [face()], 'one')]).aggregates();
    if (before === undefined) throw new Error('no row');
    const after = { ...before, role: 'exit' as const };
    const { rows, total } = report([before, after], { streams: ['one'] });
    expect(rows.map(({ role, samples }) => [role, samples])).toEqual([
      ['customer', 1],
      ['exit', 1],
    ]);
    expect(total.samples).toBe(2);
  });
});
